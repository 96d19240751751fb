package dev.ragstream.config;

/** How the prompt is built; a part of the table of {@link Settings}. */
public record PromptSettings(
    @Key(
            value = "Template: `default`, or a file (a value with a `/` or a `.` in it).",
            standard = "default")
        TemplateSource template,
    @Key(
            value = "Tokens that prompt and answer share.",
            standard = "4096",
            min = 64,
            max = 2_000_000,
            starter = true)
        int budget,
    @Key(
            value = "Tokens of `prompt.budget` that are kept for the answer.",
            standard = "1024",
            min = 0,
            max = 2_000_000)
        int reserve,
    @Key(value = "Which encoding counts the tokens.", standard = "o200k_base")
        TokenEncoding tokens) {

  /** How a chat model's tokens are counted. */
  public enum TokenEncoding {
    O200K_BASE,
    CL100K_BASE
  }
}
