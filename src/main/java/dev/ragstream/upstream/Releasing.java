package dev.ragstream.upstream;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of a response that nobody waits for any more. Java's client forgets a
 * response that comes in at the moment when its asker is interrupted: the connection would stay
 * open, and the server would go on answering.
 */
final class Releasing<T> implements BodyHandler<T> {

  private final BodyHandler<T> handler;
  private @Nullable Subscription subscription;
  private boolean released;

  Releasing(BodyHandler<T> handler) {
    this.handler = handler;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo info) {
    return new Watched(handler.apply(info));
  }

  /** Closes the connection, or will once the response is there. */
  synchronized void release() {
    released = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private synchronized boolean isWanted(Subscription made) {
    subscription = made;
    return !released;
  }

  private final class Watched implements BodySubscriber<T> {

    private final BodySubscriber<T> subscriber;

    Watched(BodySubscriber<T> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public CompletionStage<T> getBody() {
      return subscriber.getBody();
    }

    @Override
    public void onSubscribe(Subscription made) {
      if (isWanted(made)) {
        subscriber.onSubscribe(made);
      } else {
        made.cancel();
      }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
      subscriber.onNext(bytes);
    }

    @Override
    public void onError(Throwable thrown) {
      subscriber.onError(thrown);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
