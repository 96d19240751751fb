package dev.ragstream.config;

import dev.ragstream.core.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which {@link ValueType} a record component of {@link Settings} has. */
final class ValueTypes {

  private static final Map<Type, ValueType> PLAIN =
      Map.of(
          String.class, Scalars.TEXT,
          boolean.class, Scalars.TRUTH,
          Path.class, Scalars.PATH,
          URI.class, Scalars.ADDRESS,
          Duration.class, Scalars.DURATION,
          ByteSize.class, Scalars.SIZE,
          ModelName.class, Scalars.MODEL,
          TemplateSource.class, Scalars.TEMPLATE,
          Secret.class, new SecretType());

  private ValueTypes() {}

  /** Follows the component's Java type, and its key for limits. */
  static ValueType of(Type type, Key key) {
    ValueType plain = PLAIN.get(type);
    if (plain != null) {
      return plain;
    }
    if (type == int.class || type == Integer.class) {
      return Scalars.whole(key.min(), key.max());
    }
    if (type == double.class || type == Double.class) {
      return Scalars.decimal(key.min(), key.max());
    }
    if (type instanceof Class<?> choice && choice.isEnum()) {
      return Scalars.choice(choice);
    }
    if (raw(type) == List.class) {
      return new ListType();
    }
    if (raw(type) == Map.class) {
      return new HeadersType();
    }
    throw new IllegalStateException("no setting can be a " + type);
  }

  private static @Nullable Type raw(Type type) {
    return type instanceof ParameterizedType generic ? generic.getRawType() : null;
  }
}
