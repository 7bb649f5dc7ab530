package org.contexture.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many of something there are to be, where none makes no sense. */
final class PositiveNumber implements ITypeConverter<Integer> {

  /**
   * Reads a whole number of 1 or more.
   *
   * @throws TypeConversionException if it is none
   */
  @Override
  public Integer convert(String text) {
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException none) {
      number = 0;
    }
    if (number < 1) {
      throw new TypeConversionException(
          "'%s' is no whole number of 1 or more; give one.".formatted(text));
    }
    return number;
  }
}
