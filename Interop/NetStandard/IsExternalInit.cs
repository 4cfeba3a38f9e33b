// Compiled into netstandard2.1 builds only: the types that newer C# needs and that framework lacks.
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
