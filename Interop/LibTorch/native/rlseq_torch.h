// The C border between RLSeq's managed tensors and libtorch.
//
// Operators are not wrapped one by one: rlt_call runs any operator that libtorch's dispatcher knows by
// its schema name. Arguments and results cross as small tagged values. No C++ exception leaves the
// library: a function that fails returns a negative number or a null pointer, and rlt_error() tells why.
#pragma once

#include <cstdint>

#define RLT_API extern "C" __attribute__((visibility("default")))

// What a value holds. The managed side keeps the same numbers (Dispatch/ValueTag.cs).
enum rlt_tag : int32_t {
  RLT_NONE = 0,
  RLT_TENSOR = 1,           // pointer: a tensor handle
  RLT_INT = 2,              // integer
  RLT_DOUBLE = 3,           // real
  RLT_BOOL = 4,             // integer, 0 or 1
  RLT_INT_LIST = 5,         // pointer to length int64
  RLT_DOUBLE_LIST = 6,      // pointer to length double
  RLT_TENSOR_LIST = 7,      // pointer to length tensor handles; null handles only where the schema allows None
  RLT_STRING = 8,           // pointer to length bytes of UTF-8
  RLT_DEVICE = 9,           // integer: device type << 32 | index as an unsigned 32-bit number
  RLT_GENERATOR = 10,       // pointer: a generator handle
  RLT_DEFAULT = 11          // the schema's default
};

struct rlt_value {
  int32_t tag;
  int32_t length;
  union {
    int64_t integer;
    double real;
    void* pointer;
  };
};
