/**
 * Embedding networks: ResNets shaped and named as torchvision's, with the reference's heads, and
 * their weights in and out. A plain library over DJL.
 *
 * <p><b>One network, one module, no state inside.</b> {@link
 * org.contexture.model.NetworkDefinition} writes the network as TorchScript source whose methods
 * take the images and the list of all tensors; {@link org.contexture.model.TorchScriptArchive}
 * packs that source as an archive that libtorch loads, as a {@link
 * org.contexture.model.TorchScriptModule}. Java owns every tensor under its torchvision name, as
 * float32, so that optimisers, checkpoints and averages work on them by name. Inside, the module
 * computes channels-last, and weights are kept so. To embed with, a network is folded once ({@link
 * org.contexture.model.FoldedNetwork}): batch norms become part of the weights, and these are
 * brought where convolutions take them.
 *
 * <p><b>TorchScript archive</b> ({@code torch/csrc/jit/docs/serialization.md} of PyTorch): a zip of
 * stored entries below one folder:
 *
 * <ul>
 *   <li>{@code data.pkl}: a pickle (protocol 2) of one object of class {@code __torch__.Network}
 *       with the attribute {@code training};
 *   <li>{@code code/__torch__.py}: the source of that class;
 *   <li>{@code constants.pkl}: a pickled empty tuple;
 *   <li>{@code version}: the operator version, {@code 10}.
 * </ul>
 *
 * <p><b>Weights</b> are safetensors: a little-endian 64-bit header length, a JSON header, and the
 * tensors' bytes, little-endian and row-major. Written with keys and data in order of name, without
 * white space, the header padded with spaces to a multiple of 8: equal weights are equal bytes. See
 * {@link org.contexture.model.Safetensors} for what is checked on reading.
 *
 * <p><b>Random weights</b> are a function of the seed, the tensor's name and its shape alone
 * ({@link org.contexture.model.InitialWeights}).
 */
package org.contexture.model;
