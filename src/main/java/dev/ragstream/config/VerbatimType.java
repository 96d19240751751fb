package dev.ragstream.config;

/** A text whose blanks at either end count. */
record VerbatimType() implements ValueType {

  @Override
  public String accepts() {
    return "text, in quotes where it ends with a blank";
  }

  @Override
  public Object read(Written written, Setter setter) {
    return new Verbatim(Interpolation.apply(ScalarType.text(written, this), setter.environment()));
  }
}
