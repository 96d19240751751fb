import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One node of a local cluster: {@code ElasticsearchNode FOLDER NODES PARENT key=value…}.
 *
 * <p>Writes {@code FOLDER/url} as soon as all NODES have joined, the cluster is yellow or green
 * and, with three nodes, any one of them may fail. Ends with the process PARENT, unless that is 0.
 */
final class ElasticsearchNode {

  private static final TimeValue PATIENCE = TimeValue.timeValueMinutes(5);

  public static void main(String[] args) {
    try {
      run(Path.of(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[2]), settings(args));
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1); // whatever threads the half-made node has left
    }
  }

  private static Settings settings(String[] args) {
    Settings.Builder settings = Settings.builder();
    for (String setting : Arrays.asList(args).subList(3, args.length)) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return settings.build();
  }

  private static void run(Path folder, int nodes, long parent, Settings settings) throws Exception {
    if (parent != 0) {
      ProcessHandle.of(parent).orElseThrow().onExit().thenRun(() -> System.exit(0));
    }
    LogConfigurator.configureWithoutConfig(settings);
    Environment environment = new Environment(settings, folder.resolveSibling("config"));
    Node node = new Node(environment, plugins(environment));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    // The others look for this node there; the server writes its ports when it listens.
    Files.writeString(
        environment.configDir().resolve("unicast_hosts.txt"),
        ports(environment, "transport") + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    awaitCluster(node, nodes);
    Path written =
        Files.writeString(folder.resolve("url.new"), "http://" + ports(environment, "http") + "\n");
    Files.move(written, folder.resolve("url"), StandardCopyOption.ATOMIC_MOVE);
    Thread.currentThread().join(); // the node's own threads keep no process alive
  }

  private static PluginsLoader plugins(Environment environment) {
    return PluginsLoader.createPluginsLoader(
        PluginsLoader.loadModulesBundles(environment.modulesDir(), false),
        PluginsLoader.loadPluginsBundles(environment.pluginsDir(), false),
        Map.of(),
        false);
  }

  private static String ports(Environment environment, String kind) throws Exception {
    List<String> addresses = Files.readAllLines(environment.logsDir().resolve(kind + ".ports"));
    return addresses.getFirst();
  }

  private static void awaitCluster(Node node, int nodes) throws Exception {
    var cluster = node.client().admin().cluster();
    var health =
        cluster
            .prepareHealth(PATIENCE)
            .setTimeout(PATIENCE)
            .setWaitForNodes(">=" + nodes)
            .setWaitForYellowStatus()
            .get();
    if (health.isTimedOut()) {
      throw new IllegalStateException("the cluster is not ready: " + health);
    }
    int voters = nodes - (nodes + 1) % 2; // an even number of nodes has one voter less
    while (cluster
            .prepareState(PATIENCE)
            .get()
            .getState()
            .getLastCommittedConfiguration()
            .getNodeIds()
            .size()
        < voters) {
      Thread.sleep(50);
    }
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (Exception e) {
      e.printStackTrace();
    }
  }
}
