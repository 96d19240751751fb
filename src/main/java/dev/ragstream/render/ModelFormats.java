package dev.ragstream.render;

import dev.ragstream.core.Failure;
import dev.ragstream.core.ModelList;
import dev.ragstream.core.ModelList.Offer;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The formats of {@code ragstream models}. */
public final class ModelFormats {

  private ModelFormats() {}

  /** For people: a paragraph for each provider, a star before what the settings name. */
  public static String text(List<ModelList> lists, Style style) {
    StringBuilder text = new StringBuilder();
    for (ModelList list : lists) {
      text.append(text.isEmpty() ? "" : "\n").append(style.bold(title(list))).append('\n');
      Failure failure = list.failure();
      if (failure != null) {
        line(text, style.red("✗"), failure.problem());
        text.append("    ").append(style.cyan("→")).append(' ');
        text.append(TerminalText.oneLine(failure.remedy())).append('\n');
      } else if (list.offers().isEmpty()) {
        line(text, " ", "no models");
      }
      list.offers().forEach(offer -> offer(text, offer, failure == null, style));
    }
    return text.toString();
  }

  /** One object; {@code failure} where a provider could not be asked. */
  public static String json(List<ModelList> lists) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode providers = node.putArray("providers");
    for (ModelList list : lists) {
      ObjectNode provider = providers.addObject().put("provider", list.provider());
      if (!list.address().isEmpty()) {
        provider.put("address", list.address());
      }
      ArrayNode models = provider.putArray("models");
      for (Offer offer : list.offers()) {
        ObjectNode model = models.addObject().put("name", offer.name());
        model.put("listed", offer.listed());
        ArrayNode settings = model.putArray("settings");
        offer.settings().forEach(settings::add);
      }
      Failure failure = list.failure();
      if (failure != null) {
        provider
            .putObject("failure")
            .put("kind", failure.kind().wireName())
            .put("problem", failure.problem())
            .put("remedy", failure.remedy());
      }
    }
    return JsonText.pretty(node);
  }

  private static String title(ModelList list) {
    String address = list.address().isEmpty() ? "" : " at " + list.address();
    return TerminalText.oneLine(list.provider() + address);
  }

  private static void offer(StringBuilder text, Offer offer, boolean asked, Style style) {
    boolean doubtful = asked && !offer.listed();
    String mark =
        doubtful ? style.yellow("?") : offer.settings().isEmpty() ? " " : style.green("*");
    String settings =
        offer.settings().isEmpty() ? "" : " (" + String.join(", ", offer.settings()) + ")";
    line(
        text, mark, offer.name() + settings + (doubtful ? ", which the server does not list" : ""));
  }

  private static void line(StringBuilder text, String mark, String words) {
    text.append("  ").append(mark).append(' ').append(TerminalText.oneLine(words)).append('\n');
  }
}
