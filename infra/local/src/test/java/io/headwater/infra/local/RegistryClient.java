package io.headwater.infra.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plain client of the registry's REST API. */
record RegistryClient(URI url) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  /** The program that the build unpacked. */
  static Path runnerJar() {
    return Path.of(System.getProperty("headwater.registry.jar"));
  }

  /** Registers a schema of one name under the subject and returns its id. */
  int register(String subject, String recordName) throws IOException, InterruptedException {
    String schema =
        "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"" + recordName + "\\\",\\\"fields\\\":[]}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/subjects/" + subject + "/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"" + schema + "\"}"))
            .build();
    return idIn(body(request));
  }

  /** The id of the subject's newest schema. */
  int latest(String subject) throws IOException, InterruptedException {
    return idIn(
        body(
            HttpRequest.newBuilder(URI.create(url + "/subjects/" + subject + "/versions/latest"))
                .build()));
  }

  private static String body(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  private static int idIn(String body) throws IOException {
    Matcher matcher = ID.matcher(body);
    if (!matcher.find()) {
      throw new IOException("No id in " + body);
    }
    return Integer.parseInt(matcher.group(1));
  }
}
