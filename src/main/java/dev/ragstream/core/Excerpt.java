package dev.ragstream.core;

import java.util.regex.Pattern;

/**
 * What the prompt shows of a passage.
 *
 * @param text the passage's text, or its beginning where it was clipped to fit
 */
public record Excerpt(Passage passage, String text) {

  /** Whatever anybody might take for the end of a line. */
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

  /**
   * The excerpt between delimiters that its own text cannot forge, since it cannot know the fence.
   */
  public String fenced(String fence) {
    StringBuilder block = new StringBuilder();
    block.append("<passage ").append(passage.n()).append(' ').append(fence).append(">\n");
    block.append("source: ").append(oneLine(passage.chunk().source())).append('\n');
    if (!passage.chunk().title().isEmpty()) {
      block.append("title: ").append(oneLine(passage.chunk().title())).append('\n');
    }
    block.append('\n').append(text).append('\n');
    block.append("</passage ").append(passage.n()).append(' ').append(fence).append(">");
    return block.toString();
  }

  private static String oneLine(String text) {
    return BREAKS.matcher(text).replaceAll(" ");
  }
}
