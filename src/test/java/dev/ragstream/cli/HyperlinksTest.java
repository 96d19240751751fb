package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HyperlinksTest {

  @Test
  void linksAreMadeForTerminalsThatAreKnownToShowThem() {
    assertThat(Hyperlinks.areKnown(Map.of("TERM_PROGRAM", "WezTerm"))).isTrue();
    assertThat(Hyperlinks.areKnown(Map.of("VTE_VERSION", "7006"))).isTrue();
    assertThat(Hyperlinks.areKnown(Map.of("KITTY_WINDOW_ID", "1"))).isTrue();
    assertThat(Hyperlinks.areKnown(Map.of())).isFalse();
    assertThat(Hyperlinks.areKnown(Map.of("VTE_VERSION", "4800"))).isFalse();
    assertThat(Hyperlinks.areKnown(Map.of("VTE_VERSION", "new"))).isFalse();
    assertThat(Hyperlinks.areKnown(Map.of("TERM_PROGRAM", "Apple_Terminal"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "alacritty", "wezterm"})
  void someTerminalsAreKnownByWhatTheyUnderstandOverSshToo(String term) {
    assertThat(Hyperlinks.areKnown(Map.of("TERM", term))).isTrue();
    assertThat(Hyperlinks.areKnown(Map.of("TERM", "x" + term))).isFalse();
  }

  @Test
  void withinTmuxNothingIsKnownUnlessItIsForced() {
    assertThat(Hyperlinks.areKnown(Map.of("TMUX", "/tmp/s", "KITTY_WINDOW_ID", "1"))).isFalse();
    assertThat(Hyperlinks.areKnown(Map.of("TMUX", "/tmp/s", "FORCE_HYPERLINK", "1"))).isTrue();
    assertThat(Hyperlinks.areKnown(Map.of("KITTY_WINDOW_ID", "1", "FORCE_HYPERLINK", "0")))
        .isFalse();
  }
}
