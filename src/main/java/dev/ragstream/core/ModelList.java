package dev.ragstream.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which models one provider offers.
 *
 * @param provider its name, for people
 * @param address of its server; empty for what is built in
 * @param offers in alphabetical order; where the server could not be asked, what the settings name
 * @param failure why the server could not be asked; null where it was
 */
public record ModelList(
    String provider, String address, List<Offer> offers, @Nullable Failure failure) {

  public ModelList {
    offers = List.copyOf(offers);
  }

  /**
   * A model.
   *
   * @param name as the settings write it
   * @param settings which name it, such as {@code llm.model}; none for all but the defaults
   * @param listed whether its server offers it, as far as is known
   */
  public record Offer(String name, List<String> settings, boolean listed) {

    public Offer {
      settings = List.copyOf(settings);
    }
  }
}
