// The part of the public interface of Gym.NET 0.2 (and of NumSharp and ImageSharp, which it names) that the adapter and an environment
// under test need, written anew, so that the adapter is compiled and run where the feed lacks the package. Names, signatures and what
// happens to wrong types are theirs; the insides are as small as they can be.
#nullable disable
// What the analyzers dislike here is the packages' own: lower-case type names (CS8981, IDE1006), a member named Step (CA1716), settable
// collections (CA2227), and several types in what stands for one package (MA0048).
#pragma warning disable CS8981, CA1716, CA2227, IDE1006, MA0048

using System.Globalization;
using NumSharp;
using SixLabors.ImageSharp;

namespace SixLabors.ImageSharp
{
    public abstract class Image
    {
    }
}

namespace NumSharp
{
    public class NDArray
    {
        private readonly Array _data; // of the element type

        internal NDArray(Array data, int[] shape) => (_data, this.shape) = (data, shape);

        public int[] shape { get; }

        public int size => _data.Length;

        public Type dtype => _data.GetType().GetElementType();

        public NDArray astype(Type dtype, bool copy = true)
        {
            var converted = Array.CreateInstance(dtype, size);
            for (int i = 0; i < size; i++) converted.SetValue(Convert.ChangeType(_data.GetValue(i), dtype, CultureInfo.InvariantCulture), i);
            return new NDArray(converted, shape);
        }

        /// <summary>As in NumSharp, the type must be that of the elements.</summary>
        public T[] ToArray<T>() where T : unmanaged => (T[])((T[])_data).Clone();
    }

    public static class np
    {
        public static readonly Type float32 = typeof(float);

        public static readonly Type uint8 = typeof(byte);

        public static NDArray array<T>(params T[] data) where T : unmanaged => new((T[])data.Clone(), [data.Length]);
    }
}

namespace Gym.Collections
{
    public class Dict : Dictionary<string, object>
    {
    }
}

namespace Gym.Observations
{
    public class Step
    {
        public Step(NDArray observation, float reward, bool done, Gym.Collections.Dict information) =>
            (Observation, Reward, Done, Information) = (observation, reward, done, information);

        public NDArray Observation { get; set; }

        public float Reward { get; set; }

        public bool Done { get; set; }

        public Gym.Collections.Dict Information { get; set; }
    }
}

namespace Gym.Spaces
{
    public abstract class Space
    {
        protected Space(Type dType) => DType = dType;

        public Type DType { get; protected set; }
    }

    public class Box : Space
    {
        public Box(NDArray low, NDArray high, Type dType = null) : base(dType ?? np.float32) => (Low, High) = (low, high);

        public NDArray Low { get; }

        public NDArray High { get; }
    }

    public class Discrete : Space
    {
        public Discrete(int n, Type dType = null) : base(dType ?? np.float32) => N = n;

        public int N { get; }
    }
}

namespace Gym.Envs
{
    public interface IEnv
    {
        Gym.Collections.Dict Metadata { get; set; }

        (float From, float To) RewardRange { get; set; }

        Gym.Spaces.Space ActionSpace { get; set; }

        Gym.Spaces.Space ObservationSpace { get; set; }

        NDArray Reset();

        Gym.Observations.Step Step(object action);

        Task<Gym.Observations.Step> StepAsync(object action);

        Image Render(string mode = "human");

        void CloseEnvironment();

        void Seed(int seed);
    }
}
