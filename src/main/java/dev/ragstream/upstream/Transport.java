package dev.ragstream.upstream;

/** Sends a request to a model's server: over the network, or to a recording of one. */
public interface Transport {

  /**
   * Sends a request.
   *
   * @return the body of a successful response; closing it closes the connection
   * @throws dev.ragstream.core.FailureException where there was no success after all attempts
   * @throws InterruptedException when the thread is interrupted; nothing is left open
   */
  UpstreamBody open(UpstreamRequest request, UpstreamFailures failures) throws InterruptedException;
}
