package dev.ragstream.elastic;

import dev.ragstream.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** How credentials travel, how they are kept out of messages, and which settings hold them. */
record Authorization(Cluster.Credentials credentials) {

  /** The header's value; null for nobody. */
  @Nullable String header() {
    return switch (credentials) {
      case Cluster.Credentials.None _ -> null;
      case Cluster.Credentials.ApiKey(Secret key) -> "ApiKey " + key.reveal();
      case Cluster.Credentials.Login(String user, Secret password) ->
          "Basic " + encoded(user, password);
    };
  }

  /** The text with the secrets, should a server have echoed them, replaced. */
  String redact(String text) {
    return switch (credentials) {
      case Cluster.Credentials.None _ -> text;
      case Cluster.Credentials.ApiKey(Secret key) -> replace(text, key.reveal(), key);
      case Cluster.Credentials.Login(String user, Secret password) ->
          replace(replace(text, encoded(user, password), password), password.reveal(), password);
    };
  }

  /** Who asks. */
  String who() {
    return switch (credentials) {
      case Cluster.Credentials.None _ -> "a request without credentials";
      case Cluster.Credentials.ApiKey _ -> "the API key";
      case Cluster.Credentials.Login(String user, _) -> "the user " + user;
    };
  }

  /** What to do about credentials that are missing or wrong. */
  String whenRefused() {
    return switch (credentials) {
      case Cluster.Credentials.None _ -> "set store.apiKey, or store.user and store.password";
      case Cluster.Credentials.ApiKey(Secret key) ->
          "check the API key of store.apiKey ("
              + key
              + "): it must be the encoded form of a key of this cluster that is still valid";
      case Cluster.Credentials.Login(_, Secret password) ->
          "check store.user and store.password (" + password + ")";
    };
  }

  /** What to do about credentials that are right and may do too little. */
  String whenPowerless() {
    return switch (credentials) {
      case Cluster.Credentials.None _ -> whenRefused();
      case Cluster.Credentials.ApiKey(Secret key) ->
          "give the API key of store.apiKey (" + key + ") the privilege that the message names";
      case Cluster.Credentials.Login(String user, _) ->
          "give the user " + user + " the privilege that the message names";
    };
  }

  private static String replace(String text, String value, Secret secret) {
    return value.isBlank() ? text : text.replace(value, secret.placeholder());
  }

  private static String encoded(String user, Secret password) {
    byte[] login = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(login);
  }
}
