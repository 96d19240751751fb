package dev.ragstream.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/** HTML: the article, not the navigation. Nothing that a page refers to is ever fetched. */
final class HtmlReader implements DocumentReader {

  private static final Pattern CHARSET =
      Pattern.compile("(?i)<meta[^>]*charset\\s*=\\s*[\"']?\\s*([\\w.:-]+)");

  /** Where a page must have named its charset by, after the HTML standard; generously. */
  private static final int HEAD = 8 << 10;

  /** The elements that nest and must be closed. */
  private static final Pattern CONTAINER =
      Pattern.compile("(?i)<(/?)(?:div|span|ul|ol|dl|table|section|blockquote|b|i|em|font)\\b");

  private static final int DEEPEST = 2_000;

  private final TextDecoder decoder;
  private final Limits limits;

  HtmlReader(TextDecoder decoder, Limits limits) {
    this.decoder = decoder;
    this.limits = limits;
  }

  @Override
  public Document read(SourceFile file) {
    limits.checkTree(file);
    String html = decoder.decode(file, declaredCharset(file));
    if (isDeeplyNested(html)) {
      throw Unreadable.nestedTooDeeply(file.source());
    }
    org.jsoup.nodes.Document page = Jsoup.parse(html);
    String pageTitle = page.title().strip();
    String language = page.select("html").attr("lang").strip();
    Outline outline = new Outline();
    HtmlBlocks.add(HtmlArticle.of(page), outline);
    String title = title(pageTitle, outline.firstHeading()).orElse(file.name());
    Map<String, String> metadata = language.isEmpty() ? Map.of() : Map.of("lang", language);
    return new Document(title, metadata, outline.sections(title));
  }

  /** The parser takes time with the square of the depth. */
  private static boolean isDeeplyNested(String html) {
    int depth = 0;
    Matcher tag = CONTAINER.matcher(html);
    while (tag.find() && depth < DEEPEST) {
      depth = tag.group(1).isEmpty() ? depth + 1 : Math.max(0, depth - 1);
    }
    return depth >= DEEPEST;
  }

  /** The heading where the page's title is that heading and the name of the site. */
  private static Optional<String> title(String page, Optional<String> heading) {
    String lower = page.toLowerCase(Locale.ROOT);
    return page.isEmpty()
        ? heading
        : heading
            .filter(h -> lower.contains(h.toLowerCase(Locale.ROOT)))
            .or(() -> Optional.of(page));
  }

  private static Optional<String> declaredCharset(SourceFile file) {
    int length = Math.min(file.bytes().length, HEAD);
    String head = new String(file.bytes(), 0, length, StandardCharsets.ISO_8859_1);
    Matcher charset = CHARSET.matcher(head);
    return charset.find() ? Optional.of(charset.group(1)) : Optional.empty();
  }
}
