package io.headwater.aggregator.http;

import io.github.bucket4j.Bucket;
import io.headwater.runtime.http.AccessTokens;
import io.headwater.runtime.http.AddressBuckets;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /login}, a form for the token; {@code POST /login} and {@code POST /logout}. An
 * address may give five wrong tokens, and one more every twelve seconds.
 */
final class LoginEndpoint {
  static final String STYLE = "/login.css";
  static final String PATH = "/login";

  private static final Logger LOG = LoggerFactory.getLogger(LoginEndpoint.class);
  private static final int MOST_BYTES = 8_192;
  private static final int TRIES = 5;
  private static final int TRIES_MINUTE = 5;
  private static final int RETRY_SECONDS = 60 / TRIES_MINUTE;
  private static final int ADDRESSES = 10_000;

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Headwater: log in</title>
          <link rel="stylesheet" href="./login.css" />
        </head>
        <body>
          <main>
            <h1>Headwater</h1>
      %s    </main>
        </body>
      </html>
      """;

  private static final String FORM =
      """
            <form method="post" action="./login">
              <label for="token">Token</label>
              <input id="token" name="token" type="password" autocomplete="current-password" required autofocus />
              <button type="submit">Log in</button>
            </form>
      """;

  private static final String LOGOUT =
      """
            <p>You are logged in. <a href="./">To the dashboard</a></p>
            <form method="post" action="./logout">
              <button type="submit">Log out</button>
            </form>
      """;

  private final AccessTokens tokens;
  private final SessionCookies sessions;
  private final AddressBuckets tries =
      new AddressBuckets(
          ADDRESSES,
          () ->
              Bucket.builder()
                  .addLimit(
                      limit ->
                          limit.capacity(TRIES).refillGreedy(TRIES_MINUTE, Duration.ofMinutes(1)))
                  .build());

  LoginEndpoint(AccessTokens tokens, SessionCookies sessions) {
    this.tokens = tokens;
    this.sessions = sessions;
  }

  void form(Context http) {
    answer(http, HttpStatus.OK, sessions.admit(http) ? LOGOUT : FORM);
  }

  void login(Context http) throws IOException {
    Bucket left = tries.of(http.ip());
    // Taken before the token is looked at: a thousand guesses at once are not a thousand tries.
    if (!left.tryConsume(1)) {
      http.header("Retry-After", Integer.toString(RETRY_SECONDS));
      answer(
          http,
          HttpStatus.TOO_MANY_REQUESTS,
          complaint("Too many wrong tokens came from this address. Try again in a while.") + FORM);
      return;
    }
    Optional<String> token = token(http).filter(tokens::accept);
    if (token.isEmpty()) {
      LOG.warn("event=login_refused address={}", http.ip());
      answer(http, HttpStatus.UNAUTHORIZED, complaint("That token is not valid.") + FORM);
      return;
    }
    left.addTokens(1);
    sessions.issue(http, token.get());
    http.redirect("./", HttpStatus.SEE_OTHER);
  }

  void logout(Context http) {
    sessions.withdraw(http);
    http.redirect("./login", HttpStatus.SEE_OTHER);
  }

  void style(Context http) {
    InputStream css = LoginEndpoint.class.getResourceAsStream("/headwater-login" + STYLE);
    if (css == null) {
      throw new IllegalStateException("login.css is not in the program");
    }
    http.contentType("text/css; charset=utf-8").result(css);
  }

  private static void answer(Context http, HttpStatus status, String content) {
    http.header(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'");
    http.status(status).html(PAGE.formatted(content));
  }

  private static String complaint(String sentence) {
    return "      <p class=\"bad\" role=\"alert\">%s</p>\n".formatted(sentence);
  }

  /** The form's token. A body that is longer than any token, or no form, has none. */
  private static Optional<String> token(Context http) throws IOException {
    byte[] body = http.req().getInputStream().readNBytes(MOST_BYTES);
    try {
      return Stream.of(new String(body, StandardCharsets.UTF_8).split("&"))
          .filter(field -> field.startsWith("token="))
          .map(field -> URLDecoder.decode(field.substring(6), StandardCharsets.UTF_8).strip())
          .findFirst();
    } catch (IllegalArgumentException e) {
      // A percent sign with no number after it.
      return Optional.empty();
    }
  }
}
