package dev.ragstream.core;

/** One message of a conversation or of a prompt. */
public record Message(Role role, String content) {

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }
}
