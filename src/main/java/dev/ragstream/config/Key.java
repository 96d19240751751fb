package dev.ragstream.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record component of {@link Settings} a setting. Its name is the component's, and what it
 * accepts follows from the component's type (see {@link ValueTypes}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {

  /** What it does, for people: one sentence or two. */
  String value();

  /** As it would be written in a file; empty: not set. */
  String standard() default "";

  /** What it could be set to, for a setting that is not set by default. */
  String example() default "";

  /** Smallest number allowed. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest number allowed. */
  double max() default Double.POSITIVE_INFINITY;

  /** Whether a new settings file holds it as a line that counts, not as a comment. */
  boolean starter() default false;
}
