package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Turns HTML elements into headings and blocks. */
final class HtmlBlocks {

  /** Never shown as text. */
  private static final Set<String> SILENT =
      Set.of("script", "style", "template", "noscript", "svg", "iframe", "head", "object");

  /** What generators put beside a heading to link to it. */
  private static final Pattern ANCHOR = Pattern.compile("^[§#]\\s*|\\s*[§¶#]$");

  private final Outline outline;
  private final StringBuilder paragraph = new StringBuilder();

  private HtmlBlocks(Outline outline) {
    this.outline = outline;
  }

  static void add(Element root, Outline outline) {
    HtmlBlocks blocks = new HtmlBlocks(outline);
    blocks.children(root);
    blocks.endParagraph();
  }

  private void children(Element element) {
    for (Node node : element.childNodes()) {
      switch (node) {
        case TextNode text -> paragraph.append(text.getWholeText().replace('\n', ' '));
        case Element child -> element(child);
        default -> {}
      }
    }
  }

  private void element(Element element) {
    String name = element.normalName();
    if (SILENT.contains(name)) {
      return;
    }
    if (name.equals("br")) {
      paragraph.append('\n');
      return;
    }
    if (!element.isBlock()) {
      children(element);
      return;
    }
    endParagraph();
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" ->
          outline.heading(name.charAt(1) - '0', ANCHOR.matcher(element.text()).replaceAll(""));
      case "pre" -> outline.add(Kind.LINES, "```\n" + element.wholeText().strip() + "\n```");
      case "ul", "ol" -> outline.add(Kind.LINES, String.join("\n", list(element, "")));
      case "dl" -> outline.add(Kind.LINES, definitions(element));
      case "table" -> table(element);
      default -> {
        children(element);
        endParagraph();
      }
    }
  }

  private void endParagraph() {
    String text =
        paragraph.toString().replaceAll("[ \\t\\u00A0]+", " ").replaceAll(" ?\\n ?", "\n");
    outline.add(text.strip().contains("\n") ? Kind.LINES : Kind.PROSE, text.strip());
    paragraph.setLength(0);
  }

  private static List<String> list(Element list, String indent) {
    List<String> lines = new ArrayList<>();
    int number = 0;
    for (Element item : list.children()) {
      if (isList(item)) {
        lines.addAll(list(item, indent + "  "));
        continue;
      }
      number++;
      String mark = list.normalName().equals("ol") ? number + ". " : "- ";
      String text = textOutsideOfLists(item);
      if (!text.isEmpty()) {
        lines.add(indent + mark + text);
      }
      for (Element inner : item.select("ul, ol")) {
        if (nearestList(inner).equals(list)) {
          lines.addAll(list(inner, indent + "  "));
        }
      }
    }
    return lines;
  }

  private static boolean isList(Element element) {
    return element.normalName().equals("ul") || element.normalName().equals("ol");
  }

  private static Element nearestList(Element element) {
    Element at = element.parent();
    while (at != null && !isList(at)) {
      at = at.parent();
    }
    return at == null ? element : at;
  }

  private static String textOutsideOfLists(Element item) {
    Element copy = item.clone();
    copy.select("ul, ol").remove();
    return copy.text();
  }

  private static String definitions(Element list) {
    StringBuilder lines = new StringBuilder();
    for (Element part : list.select("dt, dd")) {
      boolean term = part.normalName().equals("dt");
      lines.append(term ? "\n" : ": ").append(part.text());
    }
    return lines.toString().strip();
  }

  private void table(Element table) {
    boolean layout = !table.select("table table").isEmpty() || table.select("td, th").size() == 1;
    if (layout || table.select("td, th").isEmpty()) {
      children(table);
      endParagraph();
      return;
    }
    String caption = table.select("caption").text();
    outline.add(Kind.PROSE, caption);
    List<List<String>> rows =
        table.select("tr").stream()
            .map(row -> row.select("td, th").stream().map(Element::text).toList())
            .filter(cells -> cells.stream().anyMatch(cell -> !cell.isBlank()))
            .toList();
    outline.add(Kind.TABLE, MarkdownTable.of(rows));
  }
}
