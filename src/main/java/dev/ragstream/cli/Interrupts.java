package dev.ragstream.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.OptionalInt;

/** The first interrupt asks the command to end, the second one ends the process. */
final class Interrupts {

  private final Thread main;
  private volatile OptionalInt code = OptionalInt.empty();

  Interrupts(Thread main) {
    this.main = main;
  }

  /**
   * Hears of Ctrl-C and of being told to end, where the JVM lets it. The JDK's way to that may only
   * be found by reflection; JLine has the same, but begins with logging, which takes longer than
   * the rest of a start. A thread of its own does it, since that takes a while as well; until then
   * Ctrl-C ends the process at once.
   */
  void listen() {
    Thread.ofPlatform().name("interrupts").daemon().start(this::handleSignals);
  }

  private void handleSignals() {
    try {
      listen("INT", ExitCode.INTERRUPTED);
      listen("TERM", ExitCode.TERMINATED);
    } catch (ReflectiveOperationException e) {
      // Ctrl-C goes on to end the process at once.
    }
  }

  private void listen(String name, int with) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    InvocationHandler happens =
        (_, method, _) -> {
          if (method.getName().equals("handle")) {
            happen(with);
          }
          return null;
        };
    signal
        .getMethod("handle", signal, handler)
        .invoke(
            null,
            signal.getConstructor(String.class).newInstance(name),
            Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, happens));
  }

  private void happen(int with) {
    if (code.isPresent()) {
      Runtime.getRuntime().halt(with);
    }
    code = OptionalInt.of(with);
    main.interrupt();
  }

  /** What the process ends with; empty where it was not interrupted. */
  OptionalInt code() {
    return code;
  }
}
