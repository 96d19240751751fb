package dev.ragstream.app;

import dev.ragstream.config.PromptSettings;
import dev.ragstream.config.TemplateSource;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.PromptBuilder;
import dev.ragstream.core.Template;
import dev.ragstream.core.TokenCounter;
import dev.ragstream.model.TokenEncodings;
import dev.ragstream.template.TemplateLoader;
import java.nio.file.Path;

/** Builds what makes prompts of passages. */
record Prompts(PromptSettings prompt) {

  PromptBuilder builder(Template template) {
    return new PromptBuilder(template, counter(), prompt.budget(), prompt.reserve());
  }

  /** What prompts are packed by. */
  TokenCounter counter() {
    return switch (prompt.tokens()) {
      case O200K_BASE -> TokenEncodings.o200kBase();
      case CL100K_BASE -> TokenEncodings.cl100kBase();
    };
  }

  /** The template that the settings name. */
  Template template() {
    return template(prompt.template());
  }

  /** One that they name in another place than {@code prompt.template}. */
  Template template(TemplateSource source) {
    return switch (source) {
      case TemplateSource.Named(String name) -> named(name);
      case TemplateSource.InFile(Path file) -> TemplateLoader.load(file);
    };
  }

  private static Template named(String name) {
    if (name.equals(TemplateLoader.DEFAULT)) {
      return TemplateLoader.standard();
    }
    throw new FailureException(
        Failure.Kind.SETTINGS,
        "there is no template named '" + name + "'",
        "use 'default', or name a file: prompt.template: prompts/" + name + ".yaml");
  }
}
