package dev.ragstream.config;

/** A value that must never be shown; its variables are looked up when it is used. */
record SecretType() implements ValueType {

  @Override
  public String accepts() {
    return "text, best as ${NAME}";
  }

  @Override
  public Object read(Written written, Setter setter) {
    return Secrets.of(setter.key().name(), ScalarType.text(written, this), setter);
  }

  @Override
  public boolean secret() {
    return true;
  }
}
