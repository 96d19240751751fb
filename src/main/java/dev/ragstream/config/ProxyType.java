package dev.ragstream.config;

import dev.ragstream.core.ProxyAddress;

/** The address of a proxy, in which a user and a password may stand. */
record ProxyType() implements ValueType {

  @Override
  public String accepts() {
    return "an address such as http://proxy.example:3128, with user:password@ before the host"
        + " where the proxy wants them";
  }

  @Override
  public Object read(Written written, Setter setter) {
    String text = Interpolation.apply(ScalarType.text(written, this), setter.environment()).strip();
    try {
      return ProxyAddress.parse(text, "$" + setter.key().variable(), setter.origin().toString());
    } catch (IllegalArgumentException _) {
      throw new UnfitException("is no address of a proxy", "use " + accepts());
    }
  }

  @Override
  public boolean secret() {
    return true;
  }
}
