package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * XML and SVG: the text in the elements. The parser knows neither document types nor entities of
 * its own, so that a file can make it open nothing and inflate nothing.
 */
final class XmlReader implements DocumentReader {

  private static final Pattern DOCTYPE =
      Pattern.compile("<!DOCTYPE[^\\[>]*(?:\\[.*?]\\s*)?>", Pattern.DOTALL);

  private static final Pattern ENCODING =
      Pattern.compile("\\A\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"']([\\w.:-]+)");

  private final TextDecoder decoder;
  private final Limits limits;

  XmlReader(TextDecoder decoder, Limits limits) {
    this.decoder = decoder;
    this.limits = limits;
  }

  @Override
  public Document read(SourceFile file) {
    limits.checkTree(file);
    String text = decoder.decode(file, declaredEncoding(file));
    Element root = Jsoup.parse(DOCTYPE.matcher(text).replaceFirst(""), "", Parser.xmlParser());
    Outline outline = new Outline();
    add(root, outline);
    String title = root.select("title").stream().map(Element::text).findFirst().orElse("");
    String named = title.isBlank() ? file.name() : title;
    return new Document(named, Map.of(), outline.sections(named));
  }

  private static void add(Element element, Outline outline) {
    if (element.normalName().equals("style") || element.normalName().equals("script")) {
      return;
    }
    if (!element.ownText().isBlank()) {
      outline.add(Kind.PROSE, element.text());
    } else if (element.childrenSize() > 0
        && element.children().stream().allMatch(XmlReader::isLeaf)) {
      outline.add(
          Kind.LINES,
          element.children().stream()
              .filter(leaf -> !leaf.text().isBlank())
              .map(leaf -> leaf.tagName() + ": " + leaf.text())
              .collect(Collectors.joining("\n")));
    } else {
      element.children().forEach(child -> add(child, outline));
    }
  }

  private static boolean isLeaf(Element element) {
    return element.childrenSize() == 0;
  }

  private static Optional<String> declaredEncoding(SourceFile file) {
    int length = Math.min(file.bytes().length, 200);
    String head = new String(file.bytes(), 0, length, StandardCharsets.ISO_8859_1);
    Matcher encoding = ENCODING.matcher(head);
    return encoding.find() ? Optional.of(encoding.group(1)) : Optional.empty();
  }
}
