package org.contexture.failure;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Something a user has to know and can act on. The message is a whole sentence or two: what is
 * wrong, where (file, line, key, record), and what to do. It is shown without a stack trace.
 * Another attempt would find the same, so Flink is told to make none.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
@SuppressWarnings("OverrideThrowableToString") // its message is for users, its text for programs
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Category category;

  /** Who can do something about a failure. */
  public enum Category {
    /** The command line or the experiment file is wrong. */
    USAGE,
    /** The input data, or a dataset in the store, is wrong. */
    DATA,
    /** The machine is in the way: disk, permissions, memory, a missing program. */
    ENVIRONMENT,
    /** A stage failed for a reason nobody foresaw: a defect, until shown otherwise. */
    STAGE
  }

  private Failure(Category category, String message, Throwable cause) {
    super(message, cause);
    this.category = category;
  }

  /** A mistake in the command line or the experiment file. */
  @FormatMethod
  public static Failure usage(@FormatString String message, Object... arguments) {
    return of(Category.USAGE, message, arguments);
  }

  /** Input data that cannot be used. */
  @FormatMethod
  public static Failure data(@FormatString String message, Object... arguments) {
    return of(Category.DATA, message, arguments);
  }

  /** A machine that does not let the work happen. */
  @FormatMethod
  public static Failure environment(@FormatString String message, Object... arguments) {
    return of(Category.ENVIRONMENT, message, arguments);
  }

  /** A stage that failed for a reason that is in none of the other categories. */
  @FormatMethod
  public static Failure stage(@FormatString String message, Object... arguments) {
    return of(Category.STAGE, message, arguments);
  }

  /** A failure of a category that is known only now. */
  @FormatMethod
  public static Failure of(Category category, @FormatString String message, Object... arguments) {
    return new Failure(category, String.format(message, arguments), null);
  }

  /** The same failure with other words around it. */
  @FormatMethod
  public Failure reworded(@FormatString String message, Object... arguments) {
    return new Failure(category, String.format(message, arguments), this);
  }

  /** The same failure with the exception behind it, which {@code --verbose} shows. */
  public Failure causedBy(Throwable cause) {
    return new Failure(category, getMessage(), cause);
  }

  public Category category() {
    return category;
  }

  /** Class, category and message: a stack trace as text then says all that a failure is. */
  @Override
  public String toString() {
    return "%s[%s]: %s".formatted(Failure.class.getName(), category, getMessage());
  }
}
