package org.contexture.space;

/** A place in the plane. */
public record PlanePoint(double x, double y) {}
