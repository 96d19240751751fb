package dev.ragstream.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElasticScriptTest {

  private final String name = "test-" + UUID.randomUUID();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lunch                          | unknown command 'lunch'
          start --nodes 0                | --nodes takes a number from 1 to 9, not '0'
          start --port http              | --port takes a port number, not 'http'
          start --heap lots              | --heap takes a size such as 512m or 2g, not 'lots'
          start --setting path.repo      | --setting takes KEY=VALUE, not 'path.repo'
          start --with-parent me         | --with-parent takes the id of a process, not 'me'
          stop --name ../elsewhere       | --name takes letters, digits, dots and dashes, not '../elsewhere'
          start --nodes                  | --nodes needs a value
          start --dleete                 | unknown option '--dleete'
          """)
  void aWrongCommandLineIsRefused(String arguments, String problem) {
    ProcessRun run = run(arguments.split(" "));

    assertThat(run)
        .isEqualTo(
            new ProcessRun(
                2, "", "error: " + problem + "\n  → see scripts/elasticsearch --help\n"));
  }

  @Test
  void helpNamesEveryCommandAndOption() {
    assertThat(run("--help").out())
        .contains("elasticsearch start", "elasticsearch stop", "elasticsearch status")
        .contains(
            "--name", "--nodes", "--port", "--heap", "--setting", "--with-parent", "--delete");
  }

  @Test
  void aClusterThatDoesNotRunIsSaidNotToRun() {
    assertThat(run("status", "--name", name))
        .isEqualTo(new ProcessRun(1, "", "the cluster " + name + " is not running\n"));
    assertThat(run("stop", "--name", name))
        .isEqualTo(new ProcessRun(0, "", "the cluster " + name + " is not running\n"));
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProcessRun run = run("start", "--name", name, "--port", "" + other.getLocalPort());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .isEqualTo(
              """
              error: port %d is in use by another program
                → end that, or choose with --port P (--port 0 takes free ones)
              """
                  .formatted(other.getLocalPort()));
    } finally {
      run("stop", "--name", name, "--delete");
    }
  }

  @Test
  void aNodeThatDiesIsReportedWithTheEndOfItsLog() {
    try {
      ProcessRun run = run("start", "--name", name, "--port", "0", "--setting", "no.such=1");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .contains("unknown setting [no.such]", "error: node-1 ended before it was ready");
      assertThat(run("status", "--name", name).exitCode()).isEqualTo(1);
    } finally {
      run("stop", "--name", name, "--delete");
    }
  }

  @Test
  void dataSurviveAStop() {
    List<String> start = List.of("start", "--name", name, "--port", "0", "--heap", "512m");
    try {
      ProcessRun first = ProcessRun.successful(ElasticScript.command(start));
      Rest rest = Rest.at(URI.create(first.out().strip()));
      rest.send("PUT", "/kept", "{\"settings\": {\"number_of_replicas\": 0}}");
      ProcessRun again = ProcessRun.successful(ElasticScript.command(start));
      run("stop", "--name", name);
      assertThat(run("status", "--name", name).exitCode()).isEqualTo(1);
      ProcessRun second = ProcessRun.successful(ElasticScript.command(start));

      assertThat(again)
          .isEqualTo(
              new ProcessRun(0, first.out(), "the cluster " + name + " is running already\n"));
      assertThat(second.out()).isEqualTo(first.out());
      assertThat(run("status", "--name", name).out())
          .contains(": green, indices: 1, Elasticsearch 9.")
          .contains("node-1: " + first.out().strip() + ", process ");
    } finally {
      run("stop", "--name", name, "--delete");
    }
    assertThat(ElasticScript.CLUSTERS.resolve(name)).doesNotExist();
  }

  private static ProcessRun run(String... arguments) {
    return ProcessRun.of(ElasticScript.command(arguments));
  }
}
