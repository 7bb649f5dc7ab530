/**
 * What a set of embeddings looks like apart from any ranking: how similar images of the same class
 * and of different classes are, whether the space has collapsed, how well clusters agree with
 * classes, and a map of it in two dimensions. A plain library; what it computes is the same on
 * every machine, since it uses no operation whose result Java leaves open.
 */
package org.contexture.space;
