package dev.ragstream.ingest;

/**
 * A line of text and where it stands on its page, in points from the upper left.
 *
 * @param baseline how far down
 * @param size of its largest letters
 */
record PdfLine(String text, double left, double right, double baseline, double size) {}
