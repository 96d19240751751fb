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

  private final TextDecoder decoder;

  HtmlReader(TextDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public Document read(SourceFile file) {
    org.jsoup.nodes.Document page = Jsoup.parse(decoder.decode(file, declaredCharset(file)));
    String pageTitle = page.title().strip();
    String language = page.select("html").attr("lang").strip();
    Outline outline = new Outline();
    HtmlBlocks.add(HtmlArticle.of(page), outline);
    String title = title(pageTitle, outline.firstHeading()).orElse(file.name());
    Map<String, String> metadata = language.isEmpty() ? Map.of() : Map.of("lang", language);
    return new Document(title, metadata, outline.sections(title));
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
