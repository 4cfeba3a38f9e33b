using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>(input − target)².</summary>
            /// <param name="input">The predictions.</param>
            /// <param name="target">The truth, of the same shape.</param>
            /// <param name="reduction">What is done with the losses of the elements.</param>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.MseLoss.Call(input, target, (long)reduction);

            /// <summary>|input − target|.</summary>
            /// <param name="input">The predictions.</param>
            /// <param name="target">The truth, of the same shape.</param>
            /// <param name="reduction">What is done with the losses of the elements.</param>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.L1Loss.Call(input, target, (long)reduction);

            /// <summary>½d² for |d| below beta, beta·(|d| − ½beta) beyond, divided by beta; d = input − target.</summary>
            /// <param name="input">The predictions.</param>
            /// <param name="target">The truth, of the same shape.</param>
            /// <param name="reduction">What is done with the losses of the elements.</param>
            /// <param name="beta">Where the square becomes a line.</param>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Aten.SmoothL1Loss.Call(input, target, (long)reduction, beta);

            /// <summary>½d² for |d| below delta, delta·(|d| − ½delta) beyond; d = input − target.</summary>
            /// <param name="input">The predictions.</param>
            /// <param name="target">The truth, of the same shape.</param>
            /// <param name="delta">Where the square becomes a line.</param>
            /// <param name="reduction">What is done with the losses of the elements.</param>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                Aten.HuberLoss.Call(input, target, (long)reduction, delta);

            /// <summary>−log softmax(input) at the target's class.</summary>
            /// <param name="input">The logits, [B, C] or [B, C, ..].</param>
            /// <param name="target">The classes, Int64 [B] or [B, ..]; or probabilities, as the input.</param>
            /// <param name="weight">The weight of each class, [C], or null.</param>
            /// <param name="ignore_index">A class without loss.</param>
            /// <param name="reduction">What is done with the losses of the elements.</param>
            /// <param name="label_smoothing">How much of the truth is spread over all classes.</param>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                Aten.CrossEntropyLoss.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>−input at the target's class.</summary>
            /// <param name="input">The logarithms of probabilities, [B, C] or [B, C, ..].</param>
            /// <param name="target">The classes, Int64 [B] or [B, ..].</param>
            /// <param name="weight">The weight of each class, [C], or null.</param>
            /// <param name="reduction">What is done with the losses of the elements.</param>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Aten.NllLossNd.Call(input, target, weight, (long)reduction);

            /// <summary>−target·log σ(input) − (1 − target)·log(1 − σ(input)), without overflow.</summary>
            /// <param name="input">The logits.</param>
            /// <param name="target">The probabilities, of the same shape.</param>
            /// <param name="weight">The weight of each element, or null.</param>
            /// <param name="reduction">What is done with the losses of the elements.</param>
            /// <param name="pos_weights">The weight of positive truths, or null.</param>
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Aten.BinaryCrossEntropyWithLogits.Call(input, target, weight, pos_weights, (long)reduction);
        }
    }
}
