package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void itIsShownByItsPlaceholder() {
    Secret secret = new Secret("$KEY", () -> "canary");

    assertThat(secret).hasToString("$KEY");
    assertThat("%s in %s".formatted(secret, new Message(Message.Role.USER, "" + secret)))
        .doesNotContain("canary");
    assertThat(secret.reveal()).isEqualTo("canary");
  }

  @Test
  void aMissingValueIsMissedOnlyWhenItIsUsed() {
    Secret secret =
        new Secret(
            "$KEY",
            () -> {
              throw new FailureException(Failure.Kind.SETTINGS, "KEY is not set", "set KEY");
            });

    assertThat(secret.placeholder()).isEqualTo("$KEY");
    assertThatThrownBy(secret::reveal).hasMessage("KEY is not set");
  }
}
