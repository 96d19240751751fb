package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.parser.SourceLines;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * Markdown after CommonMark, with tables. Blocks keep their Markdown source, which models read as
 * well as people do; HTML blocks become text.
 */
final class MarkdownReader implements DocumentReader {

  /** {@code {#anchor}} and {@code {.class}} after a heading. */
  private static final Pattern ATTRIBUTES = Pattern.compile("\\s*\\\\?\\{[#.][^{}]*}\\s*$");

  /** Pictures put into the text itself: no words in them, and more tokens than the whole page. */
  private static final Pattern INLINE_DATA = Pattern.compile("data:[\\w/+.-]+;base64,[\\w+/=]+");

  private static final int LONGEST_HEADING = 1_000;

  private static final Pattern MODULE_STATEMENT = Pattern.compile("\\A(?:import|export)\\s[^\\n]*");

  /** Each level costs the parser a visit per line, and stack. */
  private static final Pattern DEEPLY_NESTED =
      Pattern.compile(
          "(?m)^(?:(?:[ \\t]*(?:>|[-*+][ \\t]|\\d{1,9}[.)][ \\t])){100}|[ \\t]{400,}[-*+>\\d])");

  private final TextDecoder decoder;
  private final Limits limits;

  /** Finds blocks only: their inside stays as it is, and costs no time however odd it may be. */
  private final Parser blocks =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .inlineParserFactory(_ -> MarkdownReader::keepHeading)
          .build();

  private final Parser inlines = Parser.builder().build();

  MarkdownReader(TextDecoder decoder, Limits limits) {
    this.decoder = decoder;
    this.limits = limits;
  }

  @Override
  public Document read(SourceFile file) {
    limits.checkTree(file);
    String text = INLINE_DATA.matcher(decoder.decode(file)).replaceAll("data:");
    FrontMatter front = FrontMatter.of(file.source(), text);
    if (DEEPLY_NESTED.matcher(front.body()).find()) {
      throw Unreadable.nestedTooDeeply(file.source());
    }
    boolean mdx = file.extension().equals("mdx");
    Outline outline = new Outline();
    for (Node node = blocks.parse(front.body()).getFirstChild();
        node != null;
        node = node.getNext()) {
      add(node, front.body(), mdx, outline);
    }
    Map<String, String> metadata = new HashMap<>(front.fields());
    String declared = metadata.remove("title");
    String title = declared != null ? declared : outline.firstHeading().orElse(file.name());
    return new Document(title, metadata, outline.sections(title), front.warnings());
  }

  private void add(Node node, String text, boolean mdx, Outline outline) {
    switch (node) {
      case Heading heading ->
          outline.heading(heading.getLevel(), headingText(heading.getFirstChild()));
      case HtmlBlock html ->
          HtmlBlocks.add(Jsoup.parseBodyFragment(html.getLiteral()).body(), outline);
      case ThematicBreak _, LinkReferenceDefinition _ -> {}
      case BulletList _, OrderedList _, FencedCodeBlock _, IndentedCodeBlock _, BlockQuote _ ->
          outline.add(Kind.LINES, source(node, text));
      case TableBlock _ -> outline.add(Kind.TABLE, source(node, text));
      default -> {
        String paragraph = source(node, text);
        if (!mdx || !MODULE_STATEMENT.matcher(paragraph).lookingAt()) {
          outline.add(Kind.PROSE, paragraph);
        }
      }
    }
  }

  private static String source(Node node, String text) {
    List<SourceSpan> spans = node.getSourceSpans();
    if (spans.isEmpty()) {
      return "";
    }
    SourceSpan last = spans.getLast();
    return text.substring(
        spans.getFirst().getInputIndex(), last.getInputIndex() + last.getLength());
  }

  private static void keepHeading(SourceLines lines, Node block) {
    if (block instanceof Heading) {
      block.appendChild(new Text(lines.getContent()));
    }
  }

  private String headingText(@Nullable Node raw) {
    if (!(raw instanceof Text heading)) {
      return "";
    }
    String source = heading.getLiteral().replace('\n', ' ');
    if (source.length() > LONGEST_HEADING) {
      return source;
    }
    StringBuilder text = new StringBuilder();
    inlines
        .parse("# " + source)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Text node) {
                text.append(node.getLiteral());
              }

              @Override
              public void visit(Code node) {
                text.append(node.getLiteral());
              }
            });
    return ATTRIBUTES.matcher(text).replaceAll("").strip();
  }
}
