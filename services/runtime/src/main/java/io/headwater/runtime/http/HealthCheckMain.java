package io.headwater.runtime.http;

import io.headwater.runtime.config.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Asks a service on this machine whether it is ready: {@code SERVICE PORT}. Ends with 0 when it is,
 * else with 1 and a line. A container's health check runs it, since there is no shell: it uses
 * sockets only, to start fast.
 */
public final class HealthCheckMain {
  private static final int TIMEOUT_MS = 4_000;

  private HealthCheckMain() {}

  /** Asks, and ends the process. */
  public static void main(String[] args) {
    String fault;
    try {
      fault = fault(port(args[0], args[1]));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      fault = "no answer: " + e;
    }
    if (!fault.isEmpty()) {
      System.out.println(fault);
      System.exit(1);
    }
  }

  /** The port may have been set otherwise, as for the service. */
  private static int port(String service, String known) {
    String set = System.getenv(SettingsReader.variable(service + ".admin.port"));
    return Integer.parseInt(set == null || set.isBlank() ? known : set.strip());
  }

  /** What is wrong with the service on a port; empty if it is ready. */
  static String fault(int port) throws IOException, GeneralSecurityException {
    String status = "";
    try (Socket plain = connected(port)) {
      status = ask(plain);
    } catch (IOException e) {
      // A server that wants TLS may cut the connection.
      status = "";
    }
    if (!status.startsWith("HTTP/") || status.contains(" 400 ")) {
      try (Socket secure = secured(connected(port), port)) {
        status = ask(secure);
      }
    }
    return status.contains(" 200 ") ? "" : "not ready: " + status;
  }

  private static Socket connected(int port) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
    return socket;
  }

  /** Whoever answers on this machine's own loopback is the service: no certificate tells more. */
  private static Socket secured(Socket plain, int port)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
    return context.getSocketFactory().createSocket(plain, "localhost", port, true);
  }

  private static String ask(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    InputStream answer = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int next = answer.read(); next >= ' ' && line.length() < 200; next = answer.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  private static final class AnyCertificate implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
