package dev.ragstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingsReferenceTest {

  @Test
  void aSectionIsATable() {
    assertThat(SettingsReference.markdown())
        .contains(
            """

            ## ingest.fields

            Which fields of a CSV or JSONL row mean what.

            | setting | default | values | |
            | --- | --- | --- | --- |
            | `ingest.fields.text` | not set | a list such as [first, second] | Fields that make up the text; none: they are recognised by their names. |
            | `ingest.fields.title` | not set | text | Field that holds the title. |
            | `ingest.fields.id` | not set | text | Field that tells rows apart. |

            ## retrieval
            """);
  }

  @Test
  void everySettingHasARowOfFourCells() {
    assertThat(SettingsReference.markdown().lines().filter(line -> line.startsWith("| `")))
        .hasSameSizeAs(SettingTable.KEYS)
        .allSatisfy(row -> assertThat(row.split("(?<!\\\\)[|]", -1)).hasSize(6));
  }
}
