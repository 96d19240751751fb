package dev.ragstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** How many passages a request may ask a server for ({@code serve.maxTopK}). */
class MostPassagesTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> ROUTES =
      List.of("/api/search", "/api/prompt", "/api/ask", "/stream", "/api/runs");

  @TempDir private Path folder;

  @Test
  void upToTheLimitAreFoundAndMoreAreRefusedOnEveryRoute() throws Exception {
    try (ServedProject project = project("serve: {maxTopK: 3}\nretrieval: {topK: 2}")) {
      assertThat(found(project, "{\"question\":\"Rain?\"}")).isEqualTo(2);
      assertThat(found(project, asking(3))).isEqualTo(3);
      for (String route : ROUTES) {
        HttpResponse<String> refused = project.post(route, asking(4));
        assertThat(refused.statusCode()).as(route).isEqualTo(400);
        assertThat(refused.body())
            .as(route)
            .contains("3 passages at most, and this one asks for 4", "raise serve.maxTopK");
      }
      assertThat(project.ask(asking(4))).contains("\"type\":\"failed\"", "serve.maxTopK");
    }
  }

  @Test
  void theOldNameOfTheFieldIsLimitedToo() throws Exception {
    try (ServedProject project = project("serve: {maxTopK: 3}\nretrieval: {topK: 2}")) {
      assertThat(found(project, "{\"question\":\"Rain?\",\"top_k\":3}")).isEqualTo(3);
      HttpResponse<String> refused =
          project.post("/api/search", "{\"question\":\"Rain?\",\"top_k\":4}");
      assertThat(refused.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void whatTheSettingsFindByThemselvesMayAlwaysBeAskedFor() throws Exception {
    try (ServedProject project = project("serve: {maxTopK: 1}\nretrieval: {topK: 4}")) {
      assertThat(found(project, asking(4))).isEqualTo(4);
      assertThat(project.post("/api/search", asking(5)).statusCode()).isEqualTo(400);
    }
  }

  private static String asking(int passages) {
    return "{\"question\":\"Rain?\",\"topK\":" + passages + "}";
  }

  private static int found(ServedProject project, String body) throws Exception {
    HttpResponse<String> response = project.post("/api/search", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return MAPPER.readTree(response.body()).path("passages").size();
  }

  private ServedProject project(String settings) {
    for (int i = 1; i <= 5; i++) {
      ServedProject.write(
          folder.resolve("docs/day-" + i + ".md"), "# Day " + i + "\n\nRain from noon.\n");
    }
    ServedProject project = new ServedProject(folder, settings);
    project.index("docs");
    return project;
  }
}
