// What the inner loops of a Transformer layer read and write. See attention_kernels.h and transformer_kernels.h.
#pragma once

#include <cstdint>

namespace rlt {

// B rows of T queries, H heads of D / H units each, and a memory of S items before the segment's T: item S + t is query t's own. A memory
// that holds every step has S = M; one that holds some of them only says which, and where they stand.
// All arrays are contiguous and row-major.
template <class T>
struct Attention {
  int64_t steps, slots, context, width, heads;  // T, S, M, D, H
  const T* segment;                      // [B, T, 3D]: queries, keys, values
  const T* memory;                       // [N, 2D]: keys and values of the memory's items that somebody sees, row by row, the oldest first
  const int64_t* origin;                 // [B]: where in `memory` a row's item 0 lies, or would lie if it were seen
  const T* relative;                     // [H, M + 1]: the bias of every distance
  const int32_t* first;                  // [B, T]: the first item that a query sees; the last is its own. Never decreases along T
  const int32_t* place;                  // [B, S + T]: an item's step, query t's own being M + t; null where it is the item's number
  const bool* kept;                      // [B, S + T]: whether queries other than its own see an item; null where they do
  T* sums;                               // [B, H, 2, T]: the largest score of every query, and 1 / Σ exp(score - largest)
};

template <class T>
struct AttentionForward : Attention<T> {
  T* output;  // [B, T, D]: out, and `sums`
};

template <class T>
struct AttentionBackward : Attention<T> {
  const T* grad_output;  // [B, T, D]
  T* grad_segment;       // [B, T, 3D]: out; keys and values are added to
  T* grad_memory;        // [N, 2D]: added to
  T* grad_relative;      // [B, H, M + 1]: out
};

// Layer norm of rows of D elements: (x - mean) / √(variance + epsilon) · weight + bias.
template <class T>
struct Norm {
  int64_t width;
  T epsilon;
  const T* weight;
  const T* bias;
};

// The gate of a residual connection, for rows of D elements: what comes along the stream, x, and what a part makes of it.
template <class T>
struct Gate {
  int64_t width;
  const T* x;       // [rows, D]
  const T* stream;  // [rows, 2D]: [U_r U_z] x
  const T* bias;    // [D]
  T* gates;         // [rows, 3D]: in [W_r W_z W_g] y, before the second pass + U_g (r x); out r z n
  T* reset;         // [rows, D]: out, r x
  T* output;        // [rows, D]: out, x + z (n - x)
};

template <class T>
struct GateBackward {
  int64_t width;
  const T* x;           // as the forward pass had and left them
  const T* gates;
  const T* grad_output;  // [rows, D]
  const T* grad_reset;   // [rows, D], of r x; for the second pass
  T* grad_gates;         // [rows, 3D]: out, of what goes into sigmoid and tanh
  T* grad_x;             // [rows, D]: out, and added to by the second pass
};

// The kernels of one instruction set; a part of the table in sequence_kernels.h.
template <class T>
struct TransformerKernels {
  // One row and one head, with `attention_scratch` elements of scratch. Rows and heads write nothing in common.
  int64_t (*attention_scratch)(int64_t steps, int64_t slots, int64_t context, int64_t width, int64_t heads);
  void (*attention_forward)(const AttentionForward<T>& attention, int64_t row, int64_t head, T* scratch);
  void (*attention_backward)(const AttentionBackward<T>& attention, int64_t row, int64_t head, T* scratch);
  // `moments` is [rows, 2]: mean and 1 / √(variance + epsilon). Gradients are added to what is there; grad_x may be null.
  void (*norm_forward)(const Norm<T>& norm, int64_t rows, const T* x, T* out, T* moments);
  void (*norm_backward)(const Norm<T>& norm, int64_t rows, const T* x, const T* moments, const T* grad_out, T* grad_x, T* grad_weight, T* grad_bias);
  // x [rows, width] + bias; max(x + bias, 0) in place, and its gradient in place; the sum of all rows added to `sum`.
  void (*add_bias)(int64_t rows, int64_t width, const T* x, const T* bias, T* out);
  void (*rectify)(int64_t rows, int64_t width, const T* bias, T* x);
  void (*rectify_backward)(int64_t rows, int64_t width, const T* result, T* gradient, T* grad_bias);
  void (*add_rows)(int64_t rows, int64_t width, const T* x, T* sum);
  // The gate's passes between its products, in this order; see gru_gate_kernels.h.
  void (*gate_reset)(const Gate<T>& gate, int64_t rows);
  void (*gate_mix)(const Gate<T>& gate, int64_t rows);
  void (*gate_mix_backward)(const GateBackward<T>& gate, int64_t rows);
  void (*gate_reset_backward)(const GateBackward<T>& gate, int64_t rows);
};

}  // namespace rlt
