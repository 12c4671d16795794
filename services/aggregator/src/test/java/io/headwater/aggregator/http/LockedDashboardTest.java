package io.headwater.aggregator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.aggregator.AggregatorSettings;
import io.headwater.aggregator.explain.ExplanationShelf;
import io.headwater.aggregator.feed.FeedLimits;
import io.headwater.aggregator.feed.LiveFeed;
import io.headwater.aggregator.pipeline.HandClock;
import io.headwater.aggregator.pipeline.LagReport;
import io.headwater.aggregator.pipeline.LatencyMeter;
import io.headwater.aggregator.pipeline.LetterTally;
import io.headwater.aggregator.pipeline.PipelineView;
import io.headwater.aggregator.query.WindowQuery;
import io.headwater.aggregator.query.WindowSource;
import io.headwater.aggregator.query.WindowsAnswer;
import io.headwater.runtime.http.AccessTokens;
import io.headwater.runtime.http.HttpAccess;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.TestAuthority;
import io.headwater.runtime.http.TlsFiles;
import io.headwater.schemas.HeadwaterTopics;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LockedDashboardTest {
  private static final String TOKEN = "the-token+of/us~0123==";
  private static final String OTHER = "another-token-0123";

  private final HttpClient http = HttpClient.newHttpClient();
  private final HandClock clock = new HandClock();
  private final LiveFeed feed =
      new LiveFeed(new FeedLimits(10, 20, 2, 5, 1_000), Clock.systemUTC(), "run1");
  private final List<ApiServer> servers = new ArrayList<>();
  private ApiServer server = start(tokens(TOKEN));

  private static final class NoWindows implements WindowSource {
    @Override
    public WindowsAnswer local(WindowQuery query) {
      return new WindowsAnswer(true, List.of(), false, List.of());
    }

    @Override
    public WindowsAnswer everywhere(WindowQuery query) {
      return new WindowsAnswer(true, List.of(), false, List.of());
    }
  }

  @AfterEach
  void stop() {
    feed.close();
    servers.forEach(ApiServer::close);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/summary",
        "/api/stream",
        "/api/insights",
        "/api/windows?local=true",
        "/api/nothing",
        "/dashboard.js",
        "/login/",
        "/login.css/../dashboard.js"
      })
  void programsNeedTheToken(String path) throws Exception {
    HttpResponse<String> without = get(path);
    HttpResponse<String> wrong = get(path, "Authorization", "Bearer " + OTHER);

    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(without.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(wrong.statusCode()).isEqualTo(401);
  }

  @Test
  void programsComeInWithTheToken() throws Exception {
    assertThat(get("/api/summary", "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void peopleAreSentToTheLoginAndComeInWithACookie() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(303);
    assertThat(page.headers().firstValue("Location")).contains("./login");
    HttpResponse<String> form = get("/login");
    assertThat(form.statusCode()).isEqualTo(200);
    assertThat(form.body()).contains("<form method=\"post\" action=\"./login\">");
    assertThat(get("/login.css").headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/css");

    HttpResponse<String> login = login(TOKEN);

    assertThat(login.statusCode()).isEqualTo(303);
    assertThat(login.headers().firstValue("Location")).contains("./");
    assertThat(login.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("headwater-session=")
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
        .doesNotContain("Secure", TOKEN);
    String cookie = cookie(login);
    assertThat(get("/", "Cookie", cookie).body()).contains("dashboard.js");
    assertThat(get("/dashboard.js", "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(get("/api/summary", "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(get("/login", "Cookie", cookie).body()).contains("Log out");
  }

  @Test
  void theStreamWorksWithTheCookieAndEndsWithIt() throws Exception {
    String cookie = cookie(login(TOKEN));
    HttpResponse<InputStream> stream =
        http.send(
            HttpRequest.newBuilder(at("/api/stream")).header("Cookie", cookie).build(),
            BodyHandlers.ofInputStream());

    try (InputStream body = stream.body()) {
      assertThat(stream.statusCode()).isEqualTo(200);
      assertThat(new String(body.readNBytes(11), StandardCharsets.UTF_8)).isEqualTo("retry: 2000");

      clock.forward(Duration.ofHours(13));

      assertThat(body.readAllBytes()).isNotEmpty();
    }
  }

  @Test
  void theLoginForbidsScriptsAndTakesNoFormsForOthers() throws Exception {
    assertThat(get("/login").headers().firstValue("Content-Security-Policy").orElseThrow())
        .isEqualTo(
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
                + " frame-ancestors 'none'");
    assertThat(get("/login").body()).doesNotContain("<script", "style=", "http://", "https://");
  }

  @Test
  void aCookieExpires() throws Exception {
    String cookie = cookie(login(TOKEN));

    clock.forward(Duration.ofHours(12).minusSeconds(1));
    assertThat(get("/api/summary", "Cookie", cookie).statusCode()).isEqualTo(200);
    clock.forward(Duration.ofSeconds(1));

    assertThat(get("/api/summary", "Cookie", cookie).statusCode()).isEqualTo(401);
    assertThat(get("/", "Cookie", cookie).statusCode()).isEqualTo(303);
  }

  @Test
  void aForgedCookieIsNone() throws Exception {
    String cookie = cookie(login(TOKEN));
    String value = cookie.substring(cookie.indexOf('=') + 1);
    String signature = value.substring(value.indexOf('.') + 1);
    char last = signature.charAt(10) == 'A' ? 'B' : 'A';

    for (String forged :
        List.of(
            "99999999999." + signature,
            value.substring(0, value.indexOf('.') + 1)
                + signature.substring(0, 10)
                + last
                + signature.substring(11),
            value + "A",
            value.substring(1),
            "999999999999999999999999." + signature,
            signature,
            "",
            ".",
            value.substring(0, value.indexOf('.') + 1) + "A".repeat(43))) {
      assertThat(get("/api/summary", "Cookie", "headwater-session=" + forged).statusCode())
          .as(forged)
          .isEqualTo(401);
    }
  }

  @Test
  void aCookieIsGoodOnAllInstancesWithTheTokenAndOnNoneWithout() throws Exception {
    String cookie = cookie(login(TOKEN));

    server = start(tokens(OTHER + "," + TOKEN));
    assertThat(get("/api/summary", "Cookie", cookie).statusCode()).isEqualTo(200);
    server = start(tokens(OTHER));
    assertThat(get("/api/summary", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void refusesAWrongTokenAndSoonAllOfAnAddressThatGivesManyButNoCookie() throws Exception {
    String cookie = cookie(login(TOKEN));
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> wrong = login(OTHER);
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(wrong.body()).contains("That token is not valid.", "<form").doesNotContain(OTHER);
      assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
    }

    HttpResponse<String> refused = login(TOKEN);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("12");
    assertThat(get("/api/summary", "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  @Test
  void aRightTokenIsNoTry() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(login(TOKEN).statusCode()).isEqualTo(303);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token=", "token=%", "token=%zz", "other=x&tokens=y", "&&==&"})
  void aFormThatIsNoneIsRefused(String body) throws Exception {
    assertThat(post("/login", body).statusCode()).isEqualTo(401);
  }

  @Test
  void readsNoMoreOfAFormThanATokenCanHave() throws Exception {
    assertThat(post("/login", "a=" + "x".repeat(9_000) + "&token=" + TOKEN).statusCode())
        .isEqualTo(401);
  }

  @Test
  void whoLogsOutLosesTheCookie() throws Exception {
    String cookie = cookie(login(TOKEN));

    HttpResponse<String> logout =
        http.send(
            HttpRequest.newBuilder(at("/logout"))
                .header("Cookie", cookie)
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());

    assertThat(logout.statusCode()).isEqualTo(303);
    assertThat(logout.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("headwater-session=;")
        .contains("Expires=Thu, 01 Jan 1970");
  }

  @Test
  void whereNoTokenIsAskedForThereIsNoLogin() throws Exception {
    server = start(HttpAccess.OPEN);

    assertThat(get("/").statusCode()).isEqualTo(200);
    assertThat(get("/login").statusCode()).isEqualTo(404);
  }

  @Test
  void overTlsTheCookieIsSecureAndBoundToTheHost(@TempDir Path folder) throws Exception {
    TestAuthority authority = new TestAuthority("ours");
    TlsFiles files = authority.identity("aggregator", "EC").write(folder, Optional.empty());
    server = start(new HttpAccess(AccessTokens.parse(TOKEN), Optional.of(files)));
    HttpClient client = HttpClient.newBuilder().sslContext(authority.client()).build();

    HttpResponse<String> login = client.send(loginRequest("https", TOKEN), BodyHandlers.ofString());

    assertThat(login.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-headwater-session=")
        .contains("Secure", "HttpOnly", "SameSite=Strict", "Path=/");
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(at("https", "/api/summary"))
                        .header("Cookie", cookie(login))
                        .build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void whereACertificateIsAskedForTheLoginNeedsItToo(@TempDir Path folder) throws Exception {
    TestAuthority authority = new TestAuthority("ours");
    Path clients = Files.writeString(folder.resolve("ca.crt"), authority.pem());
    TlsFiles files = authority.identity("aggregator", "EC").write(folder, Optional.of(clients));
    server = start(new HttpAccess(AccessTokens.parse(TOKEN), Optional.of(files)));
    HttpClient nobody = HttpClient.newBuilder().sslContext(authority.client()).build();
    HttpClient known =
        HttpClient.newBuilder()
            .sslContext(authority.client(authority.identity("someone", "EC")))
            .build();

    assertThat(nobody.send(loginRequest("https", TOKEN), BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
    assertThat(known.send(loginRequest("https", TOKEN), BodyHandlers.ofString()).statusCode())
        .isEqualTo(303);
  }

  private static HttpAccess tokens(String text) {
    return new HttpAccess(AccessTokens.parse(text), Optional.empty());
  }

  private ApiServer start(HttpAccess access) {
    ApiServer started =
        ApiServer.start(
            new HttpEndpoint("127.0.0.1", 0, AggregatorSettings.HTTP, access),
            new ApiServer.Content(
                new NoWindows(),
                feed,
                new ExplanationShelf(10_000),
                new PipelineView(
                    new PipelineView.Sources(
                        new LatencyMeter(clock),
                        new LetterTally(clock),
                        () -> LagReport.NOT_ASKED,
                        List::of),
                    clock),
                new HeadwaterTopics(""),
                new FixedInstance(List.of()),
                clock,
                2));
    servers.add(started);
    return started;
  }

  private URI at(String path) {
    return at("http", path);
  }

  private URI at(String scheme, String path) {
    return URI.create("%s://127.0.0.1:%d%s".formatted(scheme, server.port(), path));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> login(String token) throws Exception {
    return http.send(loginRequest("http", token), BodyHandlers.ofString());
  }

  private HttpRequest loginRequest(String scheme, String token) {
    return HttpRequest.newBuilder(at(scheme, "/login"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
        .build();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String cookie(HttpResponse<String> login) {
    return login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }
}
