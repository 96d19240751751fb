package dev.ragstream.template;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.util.Map;

/**
 * The body of a request to a model's server, as Mustache in JSON. Each value is escaped for a JSON
 * string, and there is no way around that, so that no text can leave its quotation marks.
 */
public final class RequestTemplate {

  private final MustacheText text;

  /**
   * Reads a template.
   *
   * @param name of the setting that holds it, for messages
   * @throws FailureException of kind {@code TEMPLATE}; its problem points at the fault
   */
  public RequestTemplate(String name, String text) {
    if (text.contains("{{{") || text.contains("{{&")) {
      throw new FailureException(
          Failure.Kind.TEMPLATE,
          "the template " + name + " takes a value without escaping it",
          "write {{name}} between quotation marks, and a blank between { and {{");
    }
    this.text = new MustacheText(name, text, Vocabulary.REQUEST);
  }

  /**
   * The JSON with these values in it.
   *
   * @throws FailureException of kind {@code TEMPLATE} where one is missing
   */
  public String render(Map<String, Object> values) {
    return text.render(values);
  }
}
