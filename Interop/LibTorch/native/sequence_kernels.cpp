// One instruction set's kernels. build.sh compiles this file once for each:
//   RLT_ISA            its name, which is also the namespace of everything here
//   RLT_VECTOR_BYTES   the width of a vector
// It includes nothing whose inline functions could be compiled with one set's instructions and called by another's code.
#include "sequence_kernels.h"

#include <stddef.h>

// A tile's sums, one panel row of weights and one input stay in registers: 32 of them with AVX-512 (and on arm64), 16 below.
#if RLT_VECTOR_BYTES == 64
#define RLT_PANEL_VECTORS 4
#define RLT_TILE_ROWS 6
#else
#define RLT_PANEL_VECTORS 2
#define RLT_TILE_ROWS 4
#endif

namespace rlt {
namespace RLT_ISA {

#include "sequence_vector.h"

#include "sequence_product.h"

#include "sequence_lstm_kernels.h"

#include "sequence_gru_kernels.h"

#include "sequence_min_gru_kernels.h"

#include "sequence_diagonal_kernels.h"

#include "adam_kernels.h"

#include "gradient_kernels.h"

#include "attention_kernels.h"

#include "transformer_kernels.h"

#include "sequence_fast_weights_kernels.h"
#include "gru_gate_kernels.h"

template <class T>
SequenceKernels<T> table() {
  return {{attention_scratch<T>, attention_forward<T>, attention_backward<T>, norm_forward<T>, norm_backward<T>, add_bias<T>, rectify<T>, rectify_backward<T>, add_rows<T>,
           gate_reset<T>, gate_mix<T>, gate_mix_backward<T>, gate_reset_backward<T>},
          padded<T>, pack<T>, lstm_forward<T>, lstm_backward<T>, gru_forward<T>, gru_backward<T>, min_gru_forward<T>, min_gru_backward<T>,
          fast_weights_forward<T>, fast_weights_backward<T>, fast_weights_scratch<T>, diagonal_forward<T>, diagonal_backward<T>,
          adam<T>, add<T>, squares<T>, scale<T>};
}

SequenceKernels<float> single() { return table<float>(); }
SequenceKernels<double> full() { return table<double>(); }

}  // namespace RLT_ISA
}  // namespace rlt
