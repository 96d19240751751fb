package dev.ragstream.app;

import dev.ragstream.config.Settings;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.EarlierTerms;
import dev.ragstream.core.FollowUps;
import dev.ragstream.core.StandaloneQuestion;
import dev.ragstream.lucene.WordAnalysis;
import java.util.function.Consumer;

/** Builds what understands a question that follows others, as the settings say. */
record FollowUpQuestions(Settings settings, Consumer<String> notices) {

  /**
   * What understands it.
   *
   * @param model that answers, and may be asked to word the question anew
   */
  FollowUps by(ChatModel model) {
    return switch (settings.llm().model().provider()) {
      // It answers questions as they were recorded.
      case REPLAY -> FollowUps.NONE;
      case EXTRACTIVE ->
          switch (settings.chat().followUps()) {
            case OFF -> FollowUps.NONE;
            case TERMS, MODEL -> terms();
          };
      case OPENAI, DEEPSEEK, ANTHROPIC, GEMINI, OLLAMA, CUSTOM ->
          switch (settings.chat().followUps()) {
            case OFF -> FollowUps.NONE;
            case TERMS -> terms();
            case MODEL ->
                new StandaloneQuestion(
                    model, new Prompts(settings.prompt()).counter(), terms(), notices);
          };
    };
  }

  private static FollowUps terms() {
    return new EarlierTerms(new WordAnalysis());
  }
}
