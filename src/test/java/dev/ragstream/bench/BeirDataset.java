package dev.ragstream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A test collection in the form of BEIR: {@code corpus.jsonl}, {@code queries.jsonl}, {@code
 * qrels.tsv}.
 *
 * @param queries text by id; those with judgements
 * @param judgements for each query, the grades of its relevant documents
 */
record BeirDataset(
    Path corpus, Map<String, String> queries, Map<String, Map<String, Integer>> judgements) {

  static BeirDataset read(Path folder) throws IOException {
    Map<String, Map<String, Integer>> judgements = new LinkedHashMap<>();
    List<String> rows = Files.readAllLines(folder.resolve("qrels.tsv"));
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split("\t", -1);
      int grade = Integer.parseInt(cells[2].strip());
      if (grade > 0) {
        judgements.computeIfAbsent(cells[0], _ -> new LinkedHashMap<>()).put(cells[1], grade);
      }
    }
    Map<String, String> queries = new LinkedHashMap<>();
    JsonMapper mapper = new JsonMapper();
    for (String line : Files.readAllLines(folder.resolve("queries.jsonl"))) {
      JsonNode query = mapper.readTree(line);
      String id = query.get("_id").asString();
      if (judgements.containsKey(id)) {
        queries.put(id, query.get("text").asString());
      }
    }
    return new BeirDataset(folder.resolve("corpus.jsonl"), queries, judgements);
  }
}
