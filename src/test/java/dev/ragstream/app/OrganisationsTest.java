package dev.ragstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Organisations over a real index: nobody sees another's passages, whichever way they ask. */
class OrganisationsTest {

  private static final String HARBOUR = "crane-7741";
  private static final String LIBRARY = "shelf-2290";

  private static final String SETTINGS =
      """
      serve:
        organisations: {"1": Harbour office, "2": Library}
        organisationField: organisation
      """;

  private static final List<String> NATIVE_ROUTES =
      List.of(
          "/stream", "/stream?wire=classic", "/api/search", "/api/prompt", "/api/ask", "/api/runs");

  /** Values of the field orgId that are no organisation's. */
  private static final List<String> ODD =
      List.of(
          "null",
          "\"\"",
          "\"3\"",
          "\" 1\"",
          "\"1 \"",
          "\"01\"",
          "17",
          "-1",
          "1.0",
          "true",
          "[]",
          "[\"1\"]",
          "{}",
          "{\"1\":1}",
          "\"Harbour office\"",
          "\"*\"",
          "\"\\u0000\"");

  @TempDir private Path folder;

  @Test
  void everyRouteFindsTheOwnPassagesAlone() throws Exception {
    try (ServedProject project = project()) {
      for (String organisation : List.of("\"1\"", "1", "\"2\"")) {
        boolean harbour = organisation.contains("1");
        for (String answer : answers(project, "\"orgId\":" + organisation + ",")) {
          assertThat(answer)
              .contains(harbour ? HARBOUR : LIBRARY)
              .doesNotContain(harbour ? LIBRARY : HARBOUR);
        }
      }
    }
  }

  @Test
  void aFilterOfTheClientsOwnOpensNoDoor() throws Exception {
    try (ServedProject project = project()) {
      String fields = "\"orgId\":\"1\",\"topK\":20,\"where\":{\"organisation\":\"Library\"},";
      for (String answer : answers(project, fields)) {
        assertThat(answer).contains(HARBOUR).doesNotContain(LIBRARY);
      }
    }
  }

  @Test
  void whoNamesNoOrganisationThatThereIsFindsNothingAtAll() throws Exception {
    try (ServedProject project = project()) {
      List<String> all = new ArrayList<>(answers(project, ""));
      for (String odd : ODD) {
        all.addAll(answers(project, "\"orgId\":" + odd + ","));
      }
      assertThat(all)
          .hasSize((ODD.size() + 1) * (NATIVE_ROUTES.size() + 4))
          .allSatisfy(answer ->
              assertThat(answer)
                  .doesNotContain(HARBOUR, LIBRARY)
                  .containsAnyOf(
                      "names no organisation", "no organisation has this orgId", "is no text"));
    }
  }

  @Test
  void theHeaderNamesTheOrganisationWhereTheBodyDoesNot() throws Exception {
    try (ServedProject project = project()) {
      String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"secret word\"}]}";
      HttpResponse<String> library =
          project.send(
              project
                  .request("/v1/chat/completions")
                  .header("X-Org-Id", "2")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(library.body()).contains(LIBRARY).doesNotContain(HARBOUR);
      HttpResponse<String> unknown =
          project.send(
              project
                  .request("/v1/chat/completions")
                  .header("X-Org-Id", "3")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(unknown.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void runsAndChatsOfAnotherOrganisationAreNotThere() throws Exception {
    try (ServedProject project = project()) {
      String body =
          "{\"orgId\":\"1\",\"userId\":\"u\",\"chatId\":\"c\",\"question\":\"secret word\"}";
      HttpResponse<String> asked = project.post("/stream", body);
      String run = "/api/runs/" + asked.headers().firstValue("X-Ragstream-Run").orElseThrow();

      assertThat(as(project, "1", run + "/events")).contains(HARBOUR);
      assertThat(as(project, "1", "/api/runs")).contains("secret word");
      for (String other : List.of("2", "3", "")) {
        assertThat(as(project, other, "/api/runs")).isEqualTo("{\"runs\":[]}");
        assertThat(as(project, other, run)).contains("no run of this id");
        assertThat(as(project, other, run + "/events")).contains("no run of this id");
        assertThat(
                project.send(project.request(run).header("X-Org-Id", other).DELETE()).statusCode())
            .isEqualTo(404);
      }
      assertThat(
              project
                  .post("/chathistory", "{\"orgId\":\"2\",\"userId\":\"u\",\"chatId\":\"c\"}")
                  .body())
          .contains("\"result\":[]");
    }
  }

  /** What every route that looks for passages says, over HTTP and WebSocket. */
  private static List<String> answers(ServedProject project, String fields) throws Exception {
    String question = "{" + fields + "\"question\":\"secret word\"}";
    List<String> answers = new ArrayList<>();
    for (String route : NATIVE_ROUTES) {
      HttpResponse<String> response = project.post(route, question);
      String events = response.headers().firstValue("Location").orElse(null);
      answers.add(
          events == null
              ? response.body()
              : as(project, fields.contains("\"2\"") ? "2" : "1", events + "/events"));
    }
    String messages =
        "{" + fields + "\"messages\":[{\"role\":\"user\",\"content\":\"secret word\"}]";
    answers.add(project.post("/v1/chat/completions", messages + "}").body());
    answers.add(project.post("/v1/chat/completions", messages + ",\"stream\":true}").body());
    answers.add(project.post("/api/chat", messages + "}").body());
    answers.add(project.ask(question));
    return answers;
  }

  private static String as(ServedProject project, String organisation, String path)
      throws IOException, InterruptedException {
    return project.send(project.request(path).header("X-Org-Id", organisation)).body();
  }

  private ServedProject project() {
    ServedProject.write(
        folder.resolve("docs/harbour.md"),
        "---\norganisation: Harbour office\n---\n# Harbour\n\nThe secret word is "
            + HARBOUR
            + ".\n");
    ServedProject.write(
        folder.resolve("docs/library.md"),
        "---\norganisation: Library\n---\n# Library\n\nThe secret word is " + LIBRARY + ".\n");
    ServedProject.write(
        folder.resolve("docs/nobody.md"), "# Nobody's\n\nThe secret word belongs to nobody.\n");
    ServedProject project = new ServedProject(folder, SETTINGS);
    project.index("docs");
    return project;
  }
}
