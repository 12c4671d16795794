package io.headwater.aggregator.http;

import io.headwater.runtime.http.AccessGuard;
import io.headwater.runtime.http.HttpAccess;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.Set;

/**
 * The door of page and interface: programs send a token, people log in with it. Where no token is
 * asked for there is no login.
 */
final class DashboardDoor {
  /** What is needed to log in. */
  private static final Set<String> FOR_ALL = Set.of(LoginEndpoint.PATH, LoginEndpoint.STYLE);

  private final HttpAccess access;
  private final AccessGuard guard;
  private final SessionCookies sessions;

  DashboardDoor(HttpAccess access, Clock clock) {
    this.access = access;
    this.guard = new AccessGuard(access);
    this.sessions = new SessionCookies(access.tokens(), clock, access.tls().isPresent());
  }

  /** Stands before everything that is added after it. */
  void addTo(JavalinConfig config) {
    config.routes.before(this::check);
    config.routes.exception(
        LoginWantedException.class,
        (wanted, http) -> http.redirect("./login", HttpStatus.SEE_OTHER));
    if (!access.tokens().isEmpty()) {
      LoginEndpoint login = new LoginEndpoint(access.tokens(), sessions);
      config.routes.get(LoginEndpoint.PATH, login::form);
      config.routes.post(LoginEndpoint.PATH, login::login);
      config.routes.get(LoginEndpoint.STYLE, login::style);
      config.routes.post("/logout", login::logout);
    }
  }

  /** Whether the request comes with a token or a cookie, and a certificate, as asked for. */
  boolean admits(Context http) {
    return guard.showsCertificate(http) && (guard.showsToken(http) || sessions.admit(http));
  }

  private void check(Context http) {
    guard.checkCertificate(http);
    if (FOR_ALL.contains(http.path()) || admits(http)) {
      return;
    }
    if (asksForThePage(http)) {
      throw new LoginWantedException();
    }
    guard.check(http);
  }

  private static boolean asksForThePage(Context http) {
    return http.method().equals(HandlerType.GET)
        && (http.path().equals("/") || http.path().equals("/index.html"))
        && http.header("Authorization") == null;
  }

  /** Sends a browser to the login. Costs no stack trace. */
  private static final class LoginWantedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoginWantedException() {
      super("login", null, false, false);
    }
  }
}
