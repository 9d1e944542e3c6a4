<?php

namespace Drupal\vetovoima\Plugin\Block;

use Drupal\Core\Block\Attribute\Block;
use Drupal\Core\Block\BlockBase;
use Drupal\Core\Cache\Cache;
use Drupal\Core\Datetime\DateFormatterInterface;
use Drupal\Core\Form\FormStateInterface;
use Drupal\Core\Plugin\ContainerFactoryPluginInterface;
use Drupal\Core\Session\AccountInterface;
use Drupal\Core\StringTranslation\TranslatableMarkup;
use Drupal\vetovoima\Offer;
use Symfony\Component\DependencyInjection\ContainerInterface;

/**
 * Shows what a municipality has published.
 */
#[Block(
  id: 'vetovoima_sites',
  admin_label: new TranslatableMarkup('Sites and premises (Vetovoima)'),
  category: new TranslatableMarkup('Embed'),
)]
class SitesBlock extends BlockBase implements ContainerFactoryPluginInterface {

  /**
   * From how old on a copy says its age to readers, in seconds.
   */
  private const TELL_AGE = 3600;

  /**
   * For how long a page may keep a copy that could not be refreshed, in seconds.
   */
  private const SOON = 60;

  public function __construct(
    array $configuration,
    $plugin_id,
    $plugin_definition,
    private readonly Offer $offer,
    private readonly AccountInterface $reader,
    private readonly DateFormatterInterface $dates,
  ) {
    parent::__construct($configuration, $plugin_id, $plugin_definition);
  }

  /**
   * {@inheritdoc}
   */
  public static function create(ContainerInterface $container, array $configuration, $plugin_id, $plugin_definition): self {
    return new self(
      $configuration,
      $plugin_id,
      $plugin_definition,
      $container->get('vetovoima.offer'),
      $container->get('current_user'),
      $container->get('date.formatter'),
    );
  }

  /**
   * {@inheritdoc}
   */
  public function defaultConfiguration(): array {
    return ['municipality' => '', 'language' => 'auto', 'wishes' => ''];
  }

  /**
   * {@inheritdoc}
   */
  public function build(): array {
    $url = $this->url();
    if ($url === '') {
      return $this->forEditors((string) $this->t('Say in Configuration → Web services → Vetovoima at which portal the offer is.'));
    }
    $offer = $this->offer->read($url);
    $build = ['#cache' => ['max-age' => $offer['state'] === 'fresh' ? $this->offer->freshSeconds() : self::SOON]];
    if ($offer['html'] === '') {
      $page = htmlspecialchars($this->offer->page($this->configuration['municipality'], $this->configuration['language']), ENT_QUOTES);
      $words = htmlspecialchars((string) $this->t('See the available sites and premises'), ENT_QUOTES);
      $offer['html'] = "<p><a href=\"$page\">$words</a></p>";
    }
    // Drupal filters this once more when it renders, with the same tags.
    $build['offer'] = ['#markup' => $offer['html'], '#allowed_tags' => Offer::TAGS];
    if ($offer['state'] === 'kept' && $offer['age'] > self::TELL_AGE) {
      $said = $this->t('As it was on @moment. It cannot be refreshed just now.', ['@moment' => $this->dates->format($offer['at'], 'medium')]);
      $build['age'] = ['#type' => 'html_tag', '#tag' => 'small', '#value' => $said];
    }
    return $build + $this->forEditors($offer['trouble']);
  }

  /**
   * {@inheritdoc}
   */
  public function getCacheContexts(): array {
    return Cache::mergeContexts(parent::getCacheContexts(), ['languages:language_content', 'user.permissions']);
  }

  /**
   * {@inheritdoc}
   */
  public function getCacheTags(): array {
    $url = $this->url();
    return Cache::mergeTags(parent::getCacheTags(), array_filter(['config:vetovoima.settings', $url === '' ? '' : Offer::tag($url)]));
  }

  /**
   * {@inheritdoc}
   */
  public function getCacheMaxAge(): int {
    return Cache::mergeMaxAges(parent::getCacheMaxAge(), $this->offer->freshSeconds());
  }

  /**
   * {@inheritdoc}
   */
  public function blockForm($form, FormStateInterface $form_state): array {
    $form['municipality'] = [
      '#type' => 'textfield',
      '#title' => $this->t('Municipality'),
      '#description' => $this->t('As in the address of its page on the portal. Left empty: that of the settings.'),
      '#default_value' => $this->configuration['municipality'],
      '#maxlength' => 60,
      '#pattern' => '[a-z0-9\-]*',
    ];
    $form['language'] = [
      '#type' => 'select',
      '#title' => $this->t('Language'),
      '#options' => ['auto' => $this->t('That of the page'), 'fi' => 'suomi', 'en' => 'English', 'sv' => 'svenska'],
      '#default_value' => $this->configuration['language'],
    ];
    $form['wishes'] = [
      '#type' => 'textfield',
      '#title' => $this->t('Only those for which'),
      '#description' => $this->t('As in the address of a search: kind=plot&min_area=5. May be empty.'),
      '#default_value' => $this->configuration['wishes'],
      '#maxlength' => 2000,
    ];
    return $form;
  }

  /**
   * {@inheritdoc}
   */
  public function blockValidate($form, FormStateInterface $form_state): void {
    if (!preg_match('/^[a-z0-9-]{0,60}$/', (string) $form_state->getValue('municipality'))) {
      $form_state->setErrorByName('municipality', $this->t('A municipality is written as in the address of its page on the portal: small letters and hyphens.'));
    }
    parse_str(ltrim(trim((string) $form_state->getValue('wishes')), '?&'), $given);
    if ($unknown = array_diff(array_keys($given), Offer::WISHES)) {
      $form_state->setErrorByName('wishes', $this->t('The portal does not know these wishes: @names', ['@names' => implode(', ', $unknown)]));
    }
  }

  /**
   * {@inheritdoc}
   */
  public function blockSubmit($form, FormStateInterface $form_state): void {
    $this->configuration['municipality'] = (string) $form_state->getValue('municipality');
    $this->configuration['language'] = (string) $form_state->getValue('language');
    $this->configuration['wishes'] = http_build_query(Offer::wishes((string) $form_state->getValue('wishes')), '', '&', PHP_QUERY_RFC3986);
  }

  /**
   * The address of what this block shows.
   */
  private function url(): string {
    return $this->offer->address($this->configuration['municipality'], $this->configuration['language'], $this->configuration['wishes']);
  }

  /**
   * Tell those who keep the pages what is wrong, and others nothing.
   */
  private function forEditors(string $trouble): array {
    if ($trouble === '' || !$this->reader->hasPermission('see vetovoima trouble')) {
      return [];
    }
    return ['trouble' => ['#type' => 'html_tag', '#tag' => 'p', '#value' => htmlspecialchars("Vetovoima: $trouble", ENT_QUOTES)]];
  }

}
