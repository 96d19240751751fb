package dev.ragstream.ingest;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Finds the article of a page: what the page marks as such, or else what is left when navigation,
 * menus, forms, banners and lists of links are taken away.
 */
final class HtmlArticle {

  private static final String NEVER_ARTICLE =
      "script, style, template, noscript, iframe, object, nav, aside, button, select, input,"
          + " textarea, dialog, [hidden], [aria-hidden=true], [role=navigation], [role=banner],"
          + " [role=contentinfo], [role=complementary], [role=search], [role=dialog],"
          + " [role=alertdialog], [role=menu], [role=menubar]";

  private static final Pattern HIDDEN =
      Pattern.compile("display\\s*:\\s*none|visibility\\s*:\\s*hidden", Pattern.CASE_INSENSITIVE);

  private static final Pattern FURNITURE =
      Pattern.compile(
          "(?:^|[\\s_-])(?:cookies?|consent|gdpr|newsletter|breadcrumbs?|share|sharing|social"
              + "|sidebar|related|advert|ads|promo|popup|modal|toc|skip-?link|pagination|navbar"
              + "|menu)(?:$|[\\s_-])",
          Pattern.CASE_INSENSITIVE);

  private HtmlArticle() {}

  /** The element that holds the article; the page is stripped of what is none. */
  static Element of(Document page) {
    Element body = page.body();
    int length = body.text().length();
    body.select(NEVER_ARTICLE).remove();
    remove(body, "[style]", element -> HIDDEN.matcher(element.attr("style")).find());
    // A class name or a form around most of the page is no banner, whatever it is called.
    remove(body, "[class], [id]", e -> isFurniture(e) && e.text().length() * 3 < length);
    remove(body, "form", form -> form.text().length() * 3 < length);
    remove(body, "header, footer", element -> element.closest("article, main") == null);
    for (String mark : List.of("main, [role=main]", "article")) {
      List<Element> marked = body.select(mark);
      if (marked.size() == 1 && !marked.getFirst().text().isBlank()) {
        return marked.getFirst();
      }
    }
    remove(body, "ul, ol, div, table, p", HtmlArticle::isMenu);
    return body;
  }

  private static void remove(Element body, String selector, Predicate<Element> which) {
    body.select(selector).stream()
        .filter(element -> !element.equals(body) && which.test(element))
        .forEach(Element::remove);
  }

  private static boolean isFurniture(Element element) {
    return FURNITURE.matcher(element.className()).find() || FURNITURE.matcher(element.id()).find();
  }

  /** Several links, and more than 60 % of the text in them. */
  private static boolean isMenu(Element element) {
    List<Element> links = element.select("a[href]");
    int linked = links.stream().mapToInt(link -> link.text().length()).sum();
    return links.size() >= 3 && linked * 10 > element.text().length() * 6;
  }
}
