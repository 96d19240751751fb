package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block.Kind;
import org.jsoup.Jsoup;

/** Turns HTML elements into headings and blocks. */
final class HtmlBlocks {

  private HtmlBlocks() {}

  static void add(String html, Outline outline) {
    outline.add(Kind.PROSE, Jsoup.parseBodyFragment(html).body().text());
  }
}
