package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.TokenSpans;
import dev.ragstream.embed.BundledModel;
import dev.ragstream.embed.OnnxEmbedder;
import dev.ragstream.ingest.Document.Block;
import dev.ragstream.ingest.Document.Block.Kind;
import dev.ragstream.ingest.Document.Section;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of the chunks of any text. */
class ChunkerPropertiesTest {

  private static final List<String> INGREDIENTS =
      List.of(
          "rain",
          "umbrella",
          "Regenschirm",
          "今天下午有雨",
          "请带伞",
          "。",
          "；",
          ". ",
          "! ",
          "? ",
          " ",
          " ",
          " ",
          "\n",
          "\n\n",
          "\t",
          "😀",
          "👩‍👩‍👧",
          "🇨🇭",
          "e\u0301",
          "o\u0308\u0323",
          "가",
          "https://example.org/a/very/long/path?with=arguments",
          "x".repeat(120),
          "3.14",
          "| a | b |",
          "- item ",
          "# ",
          "...",
          "U.S. ",
          "\u00a0",
          "\u200b");

  @Test
  void noTextIsLostOrCutInsideACharacterOrLargerThanItMayBe() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      int size = 12 + random.nextInt(40);
      Chunker chunker = new Chunker(Words::tokens, size, 0, 120);
      Document document = document(random);

      List<Chunk> chunks = chunker.chunks("a", document);

      assertThat(bare(chunks)).isEqualTo(bare(document));
      for (Chunk chunk : chunks) {
        assertSound(chunk);
        assertThat(Words.count(chunk.text())).isLessThanOrEqualTo(size);
        assertThat(Words.count(chunk.searchableText())).isLessThanOrEqualTo(120);
      }
    }
  }

  @Test
  void anOverlapRepeatsTheEndOfTheChunkBeforeAndMakesNoneTooLarge() {
    Random random = new Random(8);
    for (int round = 0; round < 2_000; round++) {
      int size = 12 + random.nextInt(40);
      int overlap = random.nextInt(size);
      Chunker chunker = new Chunker(Words::tokens, size, overlap, 120);
      Document document = document(random);

      List<Chunk> chunks = chunker.chunks("a", document);

      String text = bare(document);
      int end = 0;
      for (Chunk chunk : chunks) {
        assertSound(chunk);
        assertThat(Words.count(chunk.text())).isLessThanOrEqualTo(size);
        String piece = bare(List.of(chunk));
        int known = overlapOf(text, end, piece);
        assertThat(known).as("%s after %d", piece, end).isNotNegative();
        assertThat(Words.count(piece.substring(0, known))).isLessThanOrEqualTo(overlap);
        end += piece.length() - known;
      }
      assertThat(end).isEqualTo(text.length());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BGE_SMALL_EN", "BGE_SMALL_ZH"})
  void theRealModelSeesAllOfEachChunk(BundledModel model) {
    Random random = new Random(9);
    try (OnnxEmbedder embedder = new OnnxEmbedder(model, Path.of("target", "resource-cache"))) {
      Function<String, TokenSpans> tokens = embedder::tokens;
      Chunker chunker = new Chunker(tokens, 64, 16, 128);
      for (int round = 0; round < 200; round++) {
        Document document = document(random);

        List<Chunk> chunks = chunker.chunks("a", document);

        for (Chunk chunk : chunks) {
          assertSound(chunk);
          assertThat(tokens.apply(chunk.searchableText()).count()).isLessThanOrEqualTo(128);
        }
      }
    }
  }

  /** How much of a piece's beginning is the end of what came before; -1 where it does not fit. */
  private static int overlapOf(String text, int end, String piece) {
    for (int known = 0; known < piece.length(); known++) {
      int start = end - known;
      if (start >= 0 && text.startsWith(piece, start)) {
        return known;
      }
    }
    return -1;
  }

  private static void assertSound(Chunk chunk) {
    assertThat(chunk.text()).isNotBlank();
    assertThat(chunk.text().codePoints())
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText("x" + chunk.text());
    assertThat(characters.isBoundary(1)).as("begins with a whole character: %s", chunk).isTrue();
  }

  private static Document document(Random random) {
    List<Section> sections = new ArrayList<>();
    boolean joinable = random.nextBoolean();
    for (int section = 1 + random.nextInt(3); section > 0; section--) {
      List<Block> blocks = new ArrayList<>();
      for (int block = 1 + random.nextInt(4); block > 0; block--) {
        String text = text(random);
        if (!text.isBlank()) {
          blocks.add(new Block(random.nextInt(4) == 0 ? Kind.LINES : Kind.PROSE, text));
        }
      }
      sections.add(new Section(List.of("Heading"), Map.of(), blocks, joinable));
    }
    return new Document("Title", Map.of(), sections);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int part = 1 + random.nextInt(60); part > 0; part--) {
      text.append(INGREDIENTS.get(random.nextInt(INGREDIENTS.size())));
      if (random.nextInt(3) > 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  /** The text without white space, which a chunk may lose at its ends. */
  private static String bare(Document document) {
    StringBuilder text = new StringBuilder();
    document
        .sections()
        .forEach(section -> section.blocks().forEach(block -> text.append(block.text())));
    return text.toString().replaceAll("[\\s\\p{Z}]+", "");
  }

  private static String bare(List<Chunk> chunks) {
    StringBuilder text = new StringBuilder();
    chunks.forEach(chunk -> text.append(chunk.text()));
    return text.toString().replaceAll("[\\s\\p{Z}]+", "");
  }
}
