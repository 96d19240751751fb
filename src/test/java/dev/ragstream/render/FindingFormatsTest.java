package dev.ragstream.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Failure;
import dev.ragstream.core.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingFormatsTest {

  private static final List<Finding> FINDINGS =
      List.of(
          Finding.good("store", "the index docs holds 3 documents"),
          Finding.warning("copies", "the index has none\nat all", "add a node"),
          Finding.broken(
              "embedding", new Failure(Failure.Kind.EMBEDDING, "it \u001b[31mfails", "mend it")));

  @Test
  void textSaysOfEachHowItIsAndWhatToDo() {
    assertThat(FindingFormats.text(FINDINGS, Style.PLAIN))
        .isEqualTo(
            """
            ✓ store      the index docs holds 3 documents
            ! copies     the index has none at all
                         → add a node
            ✗ embedding  it ␛[31mfails
                         → mend it
            """);
  }

  @Test
  void coloursSayHowBadItIs() {
    assertThat(FindingFormats.text(FINDINGS, Style.ANSI))
        .contains("\u001b[32m✓\u001b[0m store")
        .contains("\u001b[33m!\u001b[0m copies")
        .contains("\u001b[31m✗\u001b[0m embedding")
        .contains("\u001b[36m→\u001b[0m mend it");
  }

  @Test
  void jsonIsOneObject() {
    assertThat(FindingFormats.json(FINDINGS.subList(0, 2)))
        .isEqualTo(
            """
            {
              "healthy" : true,
              "findings" : [
                {
                  "level" : "good",
                  "subject" : "store",
                  "observation" : "the index docs holds 3 documents"
                },
                {
                  "level" : "warning",
                  "subject" : "copies",
                  "observation" : "the index has none\\nat all",
                  "remedy" : "add a node"
                }
              ]
            }
            """);
    assertThat(FindingFormats.json(FINDINGS)).startsWith("{\n  \"healthy\" : false,");
  }
}
