package io.headwater.cli.river;

import io.headwater.cli.AllSettings;
import io.headwater.cli.Main;
import io.headwater.infra.local.BrokerLocks;
import io.headwater.infra.local.LocalInfraConfig;
import io.headwater.infra.local.LocalKafka;
import io.headwater.infra.local.LocalRegistry;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.config.SettingsReader;
import io.headwater.runtime.lifecycle.ResourceStack;
import io.headwater.schemas.Grant;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RiverAcls;
import io.headwater.schemas.RiverRole;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import picocli.CommandLine;

/**
 * A broker that lets in who has a password, over TLS, and grants each role what the table of rights
 * says and nothing else; and a registry behind TLS and a password. No service runs yet.
 */
final class LockedRiver implements AutoCloseable {
  static final String REGISTRY_PASSWORD = "registry-S3cret";

  private static final String ADMIN = "admin";
  private static final String ADMIN_PASSWORD = "admin-S3cret";

  final Path folder;
  final TestCertificates certificates;
  final TokenServer tokens;
  private final ResourceStack resources = new ResourceStack();
  private final LocalKafka kafka;
  private final URI registry;
  private final Map<String, String> own;

  private LockedRiver(Path folder, Map<String, String> own) throws Exception {
    this.folder = folder;
    this.own = Map.copyOf(own);
    this.certificates = TestCertificates.in(folder.resolve("certificates"));
    LocalInfraConfig infra =
        LocalSettings.infra(
            SettingsReader.read(
                AllSettings.definition(),
                Optional.empty(),
                Map.of(),
                DemoSettings.overrides(true, folder)),
            folder);
    this.tokens = resources.add(TokenServer.start());
    allow(tokens);
    this.kafka = resources.add(LocalKafka.start(infra.kafka(), locks(certificates, tokens)));
    LocalRegistry plain = resources.add(LocalRegistry.start(infra.registry()));
    this.registry =
        resources
            .add(LockedDoor.before(plain.url(), certificates, "river", REGISTRY_PASSWORD))
            .url();
  }

  /**
   * Starts broker and registry, and makes a user of each role.
   *
   * @param own settings of all services and commands
   */
  static LockedRiver start(Path folder, Map<String, String> own) throws Exception {
    LockedRiver river = new LockedRiver(folder, own);
    try (Admin admin = river.admin()) {
      for (RiverRole role : RiverRole.values()) {
        setPassword(admin, role, password(role));
        admin.createAcls(acls().bindings(role, "User:" + user(role))).all().get();
      }
    }
    return river;
  }

  static RiverAcls acls() {
    return RiverAcls.of(new HeadwaterTopics(""));
  }

  /**
   * The broker, in this process, may ask for the keys. What a client needs is for its settings to
   * allow, without the system property: they are read first, as if no broker were here.
   */
  private static void allow(TokenServer tokens) {
    String property = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    var unused =
        KafkaConnection.from(
            read(
                Map.of(
                    "kafka.security.protocol", "SASL_SSL",
                    "kafka.sasl.mechanism", "OAUTHBEARER",
                    "kafka.sasl.oauthbearer.token.endpoint.url", tokens.url("token"),
                    "kafka.sasl.oauthbearer.client.credentials.client.id", "any",
                    "kafka.sasl.oauthbearer.client.credentials.client.secret", "any")));
    System.setProperty(property, System.getProperty(property) + "," + tokens.url("keys"));
  }

  private static BrokerLocks locks(TestCertificates certificates, TokenServer tokens) {
    Map<String, String> settings = new HashMap<>();
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512,OAUTHBEARER");
    String bearer = "listener.name.sasl_ssl.oauthbearer.";
    settings.put(
        bearer + "sasl.server.callback.handler.class",
        OAuthBearerValidatorCallbackHandler.class.getName());
    settings.put(
        bearer + "sasl.jaas.config", OAuthBearerLoginModule.class.getName() + " required;");
    settings.put("sasl.oauthbearer.jwks.endpoint.url", tokens.url("keys"));
    settings.put("sasl.oauthbearer.expected.audience", TokenServer.AUDIENCE);
    settings.put("sasl.oauthbearer.expected.issuer", tokens.url(""));
    settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    settings.put(
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(ADMIN, ADMIN_PASSWORD));
    settings.put("ssl.keystore.location", certificates.serverStore().toString());
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.password", TestCertificates.PASSWORD);
    settings.put("ssl.key.password", TestCertificates.PASSWORD);
    settings.put("ssl.truststore.location", certificates.trustStore().toString());
    settings.put("ssl.truststore.type", "PKCS12");
    settings.put("ssl.truststore.password", TestCertificates.PASSWORD);
    settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
    // The controller's own listener is not locked here: nobody else knows its port.
    settings.put("super.users", "User:ANONYMOUS;User:" + ADMIN);
    settings.put("allow.everyone.if.no.acl.found", "false");
    return new BrokerLocks(
        "SASL_SSL",
        settings,
        List.of("SCRAM-SHA-512=[name=%s,password=%s]".formatted(ADMIN, ADMIN_PASSWORD)));
  }

  /** What the table lets a role do with a topic. */
  static Set<AclOperation> operations(RiverRole role, String topic) {
    Set<AclOperation> operations = new TreeSet<>();
    for (Grant grant : acls().grants(role)) {
      boolean meant =
          grant.resource().resourceType() == ResourceType.TOPIC
              && grant.resource().patternType() == PatternType.LITERAL
              && grant.resource().name().equals(topic);
      if (meant) {
        operations.addAll(grant.operations());
        operations.add(AclOperation.DESCRIBE);
      }
    }
    return operations;
  }

  static String user(RiverRole role) {
    return "headwater-" + role.label();
  }

  /** With all that a JAAS line could take amiss. */
  static String password(RiverRole role) {
    return role.label() + "-S3cret \"quoted\\\";";
  }

  static void setPassword(Admin admin, RiverRole role, String password) throws Exception {
    admin
        .alterUserScramCredentials(
            List.of(
                new UserScramCredentialUpsertion(
                    user(role),
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                    password)))
        .all()
        .get();
  }

  /** May do everything. */
  Admin admin() {
    Map<String, String> settings = new HashMap<>(settings(RiverRole.READER));
    settings.remove("kafka.sasl.password.file");
    settings.put("kafka.sasl.username", ADMIN);
    settings.put("kafka.sasl.password", ADMIN_PASSWORD);
    return Admin.create(KafkaConnection.from(read(settings)).forAdmin());
  }

  /** The settings of a role; its password is in a file. */
  Map<String, String> settings(RiverRole role) {
    Map<String, String> settings = new HashMap<>(DemoSettings.overrides(true, folder));
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    settings.put("schema.registry.url", registry.toString());
    settings.put("kafka.security.protocol", "SASL_SSL");
    settings.put("kafka.sasl.mechanism", "SCRAM-SHA-512");
    settings.put("kafka.sasl.username", user(role));
    settings.put("kafka.sasl.password.file", passwordFile(role).toString());
    settings.put("kafka.ssl.truststore.type", "PEM");
    settings.put("kafka.ssl.truststore.location", certificates.authorityFile().toString());
    settings.put("registry.basic.auth.user.info", "river:" + REGISTRY_PASSWORD);
    settings.put("registry.schema.registry.ssl.truststore.type", "PEM");
    settings.put(
        "registry.schema.registry.ssl.truststore.location",
        certificates.authorityFile().toString());
    settings.putAll(own);
    return settings;
  }

  /** The settings of a role that logs in with a token of the identity provider. */
  Map<String, String> tokenSettings(RiverRole role, String secret) throws IOException {
    Map<String, String> settings = new HashMap<>(settings(role));
    settings.remove("kafka.sasl.username");
    settings.remove("kafka.sasl.password.file");
    Path file = Files.writeString(folder.resolve(user(role) + ".secret"), secret);
    settings.put("kafka.sasl.mechanism", "OAUTHBEARER");
    settings.put("kafka.sasl.oauthbearer.token.endpoint.url", tokens.url("token"));
    settings.put("kafka.sasl.oauthbearer.client.credentials.client.id", user(role));
    settings.put("kafka.sasl.oauthbearer.client.credentials.client.secret.file", file.toString());
    return settings;
  }

  private Path passwordFile(RiverRole role) {
    try {
      return Files.writeString(folder.resolve(user(role) + ".password"), password(role) + "\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Settings read(Map<String, String> settings) {
    return SettingsReader.read(AllSettings.definition(), Optional.empty(), Map.of(), settings);
  }

  KafkaConnection kafka(RiverRole role) {
    return KafkaConnection.from(read(settings(role)));
  }

  /** What a command gave. */
  record Answer(int code, String out, String err) {}

  /** Runs a command as in a terminal, with the rights of a role. */
  Answer run(RiverRole role, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out));
    commands.setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of(words));
    settings(role)
        .forEach(
            (key, value) -> {
              if (all.stream().noneMatch(word -> word.startsWith(key + "="))) {
                all.addAll(List.of("--set", key + "=" + value));
              }
            });
    int code = commands.execute(all.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  /** The gateway's answer to a body. */
  static int post(Settings gateway, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(Addresses.gateway(gateway) + "/messages"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  static String get(Settings aggregator, String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(Addresses.dashboard(aggregator) + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Override
  public void close() {
    resources.close();
  }
}
