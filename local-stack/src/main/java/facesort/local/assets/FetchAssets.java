package facesort.local.assets;

/** Run by the build so that models and photos are there before anything needs them. */
final class FetchAssets {
  private FetchAssets() {}

  public static void main(String[] args) {
    System.out.println("models in " + Assets.models());
    System.out.println("sample photos in " + Assets.samplePhotos());
  }
}
