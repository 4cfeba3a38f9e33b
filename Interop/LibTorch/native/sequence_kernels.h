// The inner loops of the fused operators, as a table of functions per element type.
//
// sequence_kernels.cpp is compiled once per instruction set; the operators take the widest that the processor has. Nothing here
// allocates, throws or knows libtorch. All arrays are contiguous and row-major; T steps, B rows, D units.
#pragma once

#include "transformer.h"

#include <cstdint>

namespace rlt {

// One direction of a recurrent product: K inputs, N outputs, weights repacked by `pack` into panels that are read from end to end.
struct Product {
  int64_t inputs;   // K
  int64_t outputs;  // N
};

template <class T>
struct LstmForward {
  int64_t steps, batch, width;
  const bool* starts;     // [T, B]
  const T* h0;            // [B, D]
  const T* c0;            // [B, D]
  const T* weight;        // W_hh, packed with K = D and N = 4D
  T* gates;               // [T, B, 4D]: in W_ih x + b, out the gates i f g o
  T* previous;            // [T, B, D]: out, h before each step, zero where an episode begins
  T* cells;               // [T, B, D]: out, c
  T* tanh_cells;          // [T, B, D]: out, tanh(c)
  T* output;              // [T, B, D]: out, h
};

template <class T>
struct LstmBackward {
  int64_t steps, batch, width;
  const bool* starts;        // [T, B]
  const T* c0;               // [B, D]
  const T* gates;            // as the forward pass left them
  const T* cells;
  const T* tanh_cells;
  const T* grad_output;      // [T, B, D]
  const T* grad_h;           // [B, D], of the last h; null for zero
  const T* grad_c;           // [B, D], of the last c; null for zero
  const T* weight;           // W_hh, packed with K = 4D and N = D
  T* grad_gates;             // [T, B, 4D]: out, of the gates before their activation
  T* grad_h0;                // [B, D]: out; null where nobody asks
  T* grad_c0;                // [B, D]: out; null where nobody asks
};

template <class T>
struct GruForward {
  int64_t steps, batch, width;
  const bool* starts;        // [T, B]
  const T* h0;               // [B, D]
  const T* weight;           // W_h, packed with K = D and N = 3D
  const T* bias;             // b_h, [3D]
  T* gates;                  // [T, B, 3D]: in W_i x + b_i, out r z n
  T* candidates;             // [T, B, D]: out, the recurrent part of the candidate before r, u_n
  T* previous;               // [T, B, D]: out, h before each step, zero where an episode begins
  T* output;                 // [T, B, D]: out, h
};

template <class T>
struct GruBackward {
  int64_t steps, batch, width;
  const bool* starts;        // [T, B]
  const T* gates;            // as the forward pass left them
  const T* candidates;
  const T* previous;
  const T* grad_output;      // [T, B, D]
  const T* grad_h;           // [B, D], of the last h; null for zero
  const T* weight;           // W_h, packed with K = 3D and N = D
  T* grad_input_gates;       // [T, B, 3D]: out, of W_i x + b_i
  T* grad_recurrent_gates;   // [T, B, 3D]: out, of W_h h + b_h
  T* grad_h0;                // [B, D]: out; null where nobody asks
};

template <class T>
struct MinGruForward {
  int64_t steps, batch, width;
  const bool* starts;        // [T, B]
  const T* h0;               // [B, D]
  T* gates;                  // [T, B, 3D]: in W x + b, out z n o
  T* states;                 // [T, B, D]: out, h
  T* output;                 // [T, B, D]: out, o tanh(h)
};

template <class T>
struct MinGruBackward {
  int64_t steps, batch, width;
  const bool* starts;        // [T, B]
  const T* h0;               // [B, D]
  const T* gates;            // as the forward pass left them
  const T* states;
  const T* grad_output;      // [T, B, D]
  const T* grad_h;           // [B, D], of the last h; null for zero
  T* grad_gates;             // [T, B, 3D]: out, of W x + b
  T* grad_h0;                // [B, D]: out; null where nobody asks
};

// `heads` counts the heads of all rows, B H: head h belongs to row h / heads_per_row. K units of a key, E of a value.
template <class T>
struct FastWeightsForward {
  int64_t steps, batch, heads, heads_per_row, keys, values;
  int64_t segment;           // how many steps lie between two states that are kept
  bool correct;              // whether what is written is v less what k recalls
  const bool* starts;        // [T, B]
  const T *q, *k, *v;        // [T, B H, K], [T, B H, K], [T, B H, E]
  const T *keep, *write;     // [T, B H]: a and b
  const T* initial;          // [B H, K, E]: S before the first step
  T* kept;                   // [segments, B H, K, E]: out, S before the first step of each segment; null where nobody asks
  T* state;                  // [B H, K, E]: out, S after the last step
  T* read;                   // [T, B H, E]: out, r
};

template <class T>
struct FastWeightsBackward {
  int64_t steps, batch, heads, heads_per_row, keys, values;
  int64_t segment;
  bool correct;
  const bool* starts;        // as in the forward pass, down to kept
  const T *q, *k, *v;
  const T *keep, *write;
  const T* kept;
  const T* grad_read;        // [T, B H, E]
  const T* grad_state;       // [B H, K, E], of the last S; null for zero
  T *grad_q, *grad_k, *grad_v;  // out
  T *grad_keep, *grad_write;
  T* grad_initial;           // [B H, K, E]: out; null where nobody asks
};

// A linear recurrence of N complex units. A row of 2N numbers holds their real parts, and then their imaginary parts. An input row has
// I numbers: 2N, complex, or a divisor M of N, which are real: unit j takes number j mod M.
template <class T>
struct DiagonalForward {
  int64_t steps, batch, units, inputs;
  const bool* starts;        // [T, B]
  const T* h0;               // [B, 2N]
  const T* factor;           // [2N]
  const T* gain;             // [N]
  const T* input;            // [T, B, I]
  T* states;                 // [T, B, 2N]: out, h
};

template <class T>
struct DiagonalBackward {
  int64_t steps, batch, units, inputs;
  const bool* starts;        // [T, B]
  const T* h0;               // [B, 2N]
  const T* factor;           // [2N]
  const T* gain;             // [N]
  const T* input;            // [T, B, I]
  const T* states;           // as the forward pass left them
  const T* grad_output;      // [T, B, 2N]
  const T* grad_h;           // [B, 2N], of the last h; null for zero
  T* grad_input;             // [T, B, I]: out
  T* grad_factor;            // [B, 2N]: out, each row's part of it
  T* grad_gain;              // [B, N]: out, likewise
  T* grad_h0;                // [B, 2N]: out; null where nobody asks
};

// One step of Adam: rest is 1 - beta and correction 1 - beta^t, which single precision could not form.
template <class T>
struct AdamStep {
  T learning_rate, beta1, rest1, correction1, beta2, rest2, correction2, epsilon;
};

template <class T>
struct SequenceKernels : TransformerKernels<T> {
  // Elements of a packed weight, and of a row of scratch: N rounded up to whole panels.
  int64_t (*padded)(int64_t outputs);
  // The weight's element (k, n) is weight[n * inputs + k] when `transposed`, weight[k * outputs + n] otherwise.
  void (*pack)(Product product, const T* weight, bool transposed, T* packed);
  // Rows [from, to) through all steps. `scratch` has (to - from) * padded(N) elements for a forward pass and
  // 2 * (to - from) * padded(D) for a backward one.
  void (*lstm_forward)(const LstmForward<T>& sequence, int64_t from, int64_t to, T* scratch);
  void (*lstm_backward)(const LstmBackward<T>& sequence, int64_t from, int64_t to, T* scratch);
  void (*gru_forward)(const GruForward<T>& sequence, int64_t from, int64_t to, T* scratch);
  void (*gru_backward)(const GruBackward<T>& sequence, int64_t from, int64_t to, T* scratch);
  // The same without a recurrent product: `scratch` has (to - from) * D elements.
  void (*min_gru_forward)(const MinGruForward<T>& sequence, int64_t from, int64_t to);
  void (*min_gru_backward)(const MinGruBackward<T>& sequence, int64_t from, int64_t to, T* scratch);
  // Heads of all rows [from, to) through all steps; `scratch` has fast_weights_scratch elements.
  void (*fast_weights_forward)(const FastWeightsForward<T>& sequence, int64_t from, int64_t to);
  void (*fast_weights_backward)(const FastWeightsBackward<T>& sequence, int64_t from, int64_t to, T* scratch);
  int64_t (*fast_weights_scratch)(int64_t keys, int64_t values, int64_t segment);
  // The same of complex units: `scratch` has (to - from) * 2N elements.
  void (*diagonal_forward)(const DiagonalForward<T>& sequence, int64_t from, int64_t to);
  void (*diagonal_backward)(const DiagonalBackward<T>& sequence, int64_t from, int64_t to, T* scratch);
  void (*adam)(const AdamStep<T>& step, int64_t count, const T* gradient, T* parameter, T* mean, T* square);
  void (*add)(int64_t count, const T* other, T* sum);
  double (*squares)(int64_t count, const T* values);  // their sum
  void (*scale)(int64_t count, T factor, T* values);
};

// The kernels of the instruction set in use.
template <class T>
const SequenceKernels<T>& sequence_kernels();

// Changes the instruction set in use: "base", "avx2" or "avx512". False, and no change, where the processor lacks it.
bool use_sequence_kernels(const char* name);

}  // namespace rlt
