// The product of a few rows with a weight that stays the same for all steps. A BLAS repacks the weight in every call, which costs
// more than multiplying four rows by it; here it is packed once per pass, into panels of as many columns as a tile's registers hold.
// Included by sequence_kernels.cpp only, after sequence_vector.h.

constexpr int PanelVectors = RLT_PANEL_VECTORS;
constexpr int TileRows = RLT_TILE_ROWS;

template <class T>
constexpr int64_t PanelWidth = PanelVectors * Lanes<T>;

template <class T>
int64_t padded(int64_t outputs) {
  return (outputs + PanelWidth<T> - 1) / PanelWidth<T> * PanelWidth<T>;
}

template <class T>
void pack(Product product, const T* weight, bool transposed, T* packed) {
  constexpr int64_t width = PanelWidth<T>, block = 16;
  const int64_t inputs = product.inputs, outputs = product.outputs;
  for (int64_t first = 0; first < outputs; first += width, packed += inputs * width) {
    const int64_t columns = outputs - first < width ? outputs - first : width;
    if (columns < width) {
      for (int64_t i = 0; i < inputs * width; ++i) packed[i] = 0;
    }
    if (!transposed) {
      for (int64_t k = 0; k < inputs; ++k) {
        for (int64_t j = 0; j < columns; ++j) packed[k * width + j] = weight[k * outputs + first + j];
      }
      continue;
    }
    for (int64_t from = 0; from < inputs; from += block) {  // in blocks, so that what is written strided stays in the cache
      const int64_t to = inputs < from + block ? inputs : from + block;
      for (int64_t j = 0; j < columns; ++j) {
        const T* row = weight + (first + j) * inputs;
        for (int64_t k = from; k < to; ++k) packed[k * width + j] = row[k];
      }
    }
  }
}

// R rows times one panel; the sums of an element run over k in order, whatever R is, so a row's result does not depend on the others.
template <class T, int R>
inline void tile(const T* rows, int64_t row_stride, const T* panel, int64_t inputs, T* out, int64_t out_stride) {
  V<T> sum[R][PanelVectors] = {};
  for (int64_t k = 0; k < inputs; ++k, panel += PanelWidth<T>) {
    V<T> weight[PanelVectors];
#pragma GCC unroll 8
    for (int v = 0; v < PanelVectors; ++v) weight[v] = load(panel + v * Lanes<T>);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const T x = rows[r * row_stride + k];
#pragma GCC unroll 8
      for (int v = 0; v < PanelVectors; ++v) sum[r][v] += x * weight[v];
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 8
    for (int v = 0; v < PanelVectors; ++v) store(out + r * out_stride + v * Lanes<T>, sum[r][v]);
  }
}

template <class T, int R>
void tile_of(int64_t count, const T* rows, int64_t row_stride, const T* panel, int64_t inputs, T* out, int64_t out_stride) {
  if constexpr (R > 1) {
    if (count < R) {
      tile_of<T, R - 1>(count, rows, row_stride, panel, inputs, out, out_stride);
      return;
    }
  }
  tile<T, R>(rows, row_stride, panel, inputs, out, out_stride);
}

// out [count, padded(N)] = rows [count, K] times the packed weight. Tiles have nearly equal heights.
template <class T>
void multiply(Product product, int64_t count, const T* rows, int64_t row_stride, const T* packed, T* out) {
  const int64_t stride = padded<T>(product.outputs), tiles = (count + TileRows - 1) / TileRows;
  for (int64_t first = 0; first < product.outputs; first += PanelWidth<T>, packed += product.inputs * PanelWidth<T>) {
    for (int64_t i = 0; i < tiles; ++i) {
      const int64_t from = count * i / tiles, to = count * (i + 1) / tiles;
      tile_of<T, TileRows>(to - from, rows + from * row_stride, row_stride, packed, product.inputs, out + from * stride + first, stride);
    }
  }
}
