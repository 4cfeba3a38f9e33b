// Attention inside a window that never leaves the episode: what its inner loops read and write. See attention_kernels.h.
#pragma once

#include <cstdint>

namespace rlt {

// B rows of T queries, H heads of D / H units each, and a memory of M items before the segment's T: item M + t is query t's own.
// All arrays are contiguous and row-major.
template <class T>
struct Attention {
  int64_t steps, context, width, heads;  // T, M, D, H
  const T* query;                        // [B, T, D]
  const T* items;                        // [B, M + T, 2D]: keys, then values
  const T* relative;                     // [H, M + 1]: the bias of every distance
  const int32_t* first;                  // [B, T]: the first item that a query sees; the last is its own. Never decreases along T
  T* sums;                               // [B, H, 2, T]: the largest score of every query, and 1 / Σ exp(score - largest)
};

template <class T>
struct AttentionForward : Attention<T> {
  T* output;  // [B, T, D]: out, and `sums`
};

template <class T>
struct AttentionBackward : Attention<T> {
  const T* grad_output;  // [B, T, D]
  T* grad_query;         // [B, T, D]: out
  T* grad_items;         // [B, M + T, 2D]: out
  T* grad_relative;      // [B, H, M + 1]: out
};

}  // namespace rlt
