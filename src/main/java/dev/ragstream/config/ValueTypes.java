package dev.ragstream.config;

import static java.util.Map.entry;

import dev.ragstream.core.ProxyAddress;
import dev.ragstream.core.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Which {@link ValueType} a record component of {@link Settings} has. */
final class ValueTypes {

  private static final Map<Type, ValueType> PLAIN =
      Map.ofEntries(
          entry(String.class, Scalars.TEXT),
          entry(boolean.class, Scalars.TRUTH),
          entry(Path.class, Scalars.PATH),
          entry(URI.class, Scalars.ADDRESS),
          entry(ProxyAddress.class, new ProxyType()),
          entry(Duration.class, Scalars.DURATION),
          entry(ByteSize.class, Scalars.SIZE),
          entry(ModelName.class, Scalars.MODEL),
          entry(EmbedderName.class, Scalars.EMBEDDER),
          entry(Verbatim.class, new VerbatimType()),
          entry(ReplaySpeed.class, Scalars.SPEED),
          entry(TemplateSource.class, Scalars.TEMPLATE),
          entry(IndexName.class, Scalars.INDEX),
          entry(Fingerprint.class, Scalars.FINGERPRINT),
          entry(JsonPointer.class, Scalars.POINTER),
          entry(Secret.class, new SecretType()));

  private static final Map<Type, ValueType> LISTS =
      Map.of(
          String.class, new ListType("a list such as [first, second]", Scalars.TEXT),
          ModelName.class, new ListType("a list of models such as [extractive]", Scalars.MODEL),
          TemplateSource.class, new ListType("a list of templates or files", Scalars.TEMPLATE),
          URI.class, new ListType(Scalars.NODE.accepts() + ", or a list of them", Scalars.NODE));

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
    if (type instanceof ParameterizedType generic) {
      if (generic.getRawType() == Map.class) {
        boolean secret = generic.getActualTypeArguments()[1] == Secret.class;
        return secret ? new HeadersType() : new FieldsType();
      }
      ValueType list = LISTS.get(generic.getActualTypeArguments()[0]);
      if (generic.getRawType() == List.class && list != null) {
        return list;
      }
    }
    throw new IllegalStateException("no setting can be a " + type);
  }
}
